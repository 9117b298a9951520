#include "lsp/document.h"

#include "lsp/uri.h"
#include "support/catch.h"

namespace quaymaster::lsp {

TEST_CASE("uris: paths and equality") {
  struct Case {
    const char *uri, *path, *key;
  };
  const Case cases[] = {
      {"file:///a/Dockerfile", "/a/Dockerfile", "file:///a/Dockerfile"},
      {"FILE:///a/Dockerfile", "/a/Dockerfile", "file:///a/Dockerfile"},
      {"file:///a%20b/%C3%A9", "/a b/\xC3\xA9", "file:///a b/\xC3\xA9"},
      {"file:///a b/\xC3\xA9", "/a b/\xC3\xA9", "file:///a b/\xC3\xA9"},
      {"file:///C%3A/x", "/C:/x", "file:///c:/x"},
      {"file://localhost/c%3A/y/../x", "/c:/y/../x", "file:///c:/x"},
      {"FILE://LocalHost/w/%61/./b", "/w/a/./b", "file:///w/a/b"},
      {"file://server/x", "/x", "file://server/x"},
      {"file:///c:/x", "/c:/x", "file:///c:/x"},
      {"file://Host/x", "/x", "file://host/x"},
      {"untitled:Dockerfile", "Dockerfile", "untitled://Dockerfile"},
      {"vscode-remote://wsl%2Bdebian/x/compose.yaml", "/x/compose.yaml", "vscode-remote://wsl+debian/x/compose.yaml"},
      {"git:/x/Dockerfile?ref=1#2", "/x/Dockerfile", "git:///x/Dockerfile?ref=1#2"},
      {"file:///x%2", "/x%2", "file:///x%2"},
      {"file:///x%zz", "/x%zz", "file:///x%zz"},
      {"/plain/path", "/plain/path", ":///plain/path"},
      {"", "", "://"},
      {":", "", "://"},
      {"file://", "", "file://"},
  };
  for (const Case& item : cases) {
    INFO(item.uri);
    CHECK(path_of(item.uri) == item.path);
    CHECK(document_key(item.uri) == item.key);
  }
}

TEST_CASE("language identifiers") {
  struct Case {
    const char* id;
    std::optional<Language> language;
  };
  const Case cases[] = {
      {"dockerfile", Language::Dockerfile},
      {"Dockerfile", Language::Dockerfile},
      {"containerfile", Language::Dockerfile},
      {"dockercompose", Language::Compose},
      {"yaml.docker-compose", Language::Compose},
      {"kubernetes", Language::Kubernetes},
      {"k8s", Language::Kubernetes},
      {"yaml", std::nullopt},
      {"", std::nullopt},
      {"plaintext", std::nullopt},
  };
  for (const Case& item : cases) {
    INFO(item.id);
    CHECK(language_of_id(item.id) == item.language);
  }
}

TEST_CASE("language of a document") {
  struct Case {
    const char *id, *path, *text;
    std::optional<Language> language;
  };
  const char* compose = "services:\n  web:\n    image: nginx\n";
  const Case cases[] = {
      {"dockerfile", "/x/whatever", "", Language::Dockerfile},
      {"plaintext", "/x/Dockerfile", "FROM a\n", Language::Dockerfile},
      {"yaml", "/x/some.yaml", compose, Language::Compose},
      {"yaml", "/x/some.yaml", "a: b\n", std::nullopt},
      {"helm", "/x/templates/some.yaml", compose, std::nullopt},
  };
  for (const Case& item : cases) {
    INFO(item.id << ' ' << item.path);
    Document document;
    document.language_id = item.id;
    document.path = item.path;
    document.text = item.text;
    CHECK(language_of(document) == item.language);
  }
}

}  // namespace quaymaster::lsp
