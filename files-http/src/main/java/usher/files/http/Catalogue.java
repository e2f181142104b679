package usher.files.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// The list for programs, and what they can do here.
final class Catalogue {
  private static final String JSON = "application/json";

  private final FileLibrary library;
  private final FilesSite.Rules rules;
  private final String openApi = Resources.text("openapi.json");

  Catalogue(FileLibrary library, FilesSite.Rules rules) {
    this.library = library;
    this.rules = rules;
  }

  /// `GET /api/files`.
  HttpResponse files(HttpRequest request) {
    StringBuilder json = new StringBuilder("{\"writable\":");
    json.append(library.writable());
    json.append(",\"deletable\":").append(library.writable() && rules.deletable());
    json.append(",\"files\":");
    files(json, library.list());
    return json(200, json.append("}\n"));
  }

  /// Some files, in brackets.
  static void files(StringBuilder json, List<FileEntry> entries) {
    String between = "[";
    for (FileEntry entry : entries) {
      if (Places.reachable(entry.name())) {
        json.append(between).append('\n');
        Json.file(json, entry);
        between = ",";
      }
    }
    json.append(between.equals("[") ? "[]" : "\n]");
  }

  static HttpResponse json(int status, StringBuilder json) {
    return HttpResponse.bytes(JSON, json.toString().getBytes(StandardCharsets.UTF_8))
        .withStatus(status)
        .header("Cache-Control", "no-cache")
        .header("X-Content-Type-Options", "nosniff");
  }

  /// `GET /api/openapi.json`.
  HttpResponse openApi(HttpRequest request) {
    return json(200, new StringBuilder(openApi));
  }
}
