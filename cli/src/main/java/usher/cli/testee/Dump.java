package usher.cli.testee;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import usher.http.Headers;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Answers the request as JSON, just as it was understood.
final class Dump implements HttpHandler {
  @Override
  public HttpResponse handle(HttpRequest request) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("method", request.method());
    all.put("target", request.target().raw());
    all.put("version", request.version().toString());
    all.put("headers", fields(request.headers()));
    all.put("body", request.body().bytes());
    all.put("trailers", fields(request.trailers()));
    return HttpResponse.bytes("application/json", Json.MAPPER.writeValueAsBytes(all));
  }

  /// As a list of pairs, since names come in an order, and more than once.
  private static List<List<String>> fields(Headers headers) {
    List<List<String>> fields = new ArrayList<>();
    for (Headers.Field field : headers) {
      fields.add(List.of(field.name(), field.value()));
    }
    return fields;
  }

  /// Made for the first dump, since it takes its time.
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.shared();
  }
}
