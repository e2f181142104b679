package usher.json;

import java.io.InputStream;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Reads request bodies and writes responses as JSON (RFC 8259). Thread-safe, as Jackson's mapper
/// is.
///
/// ```
/// Json json = Json.standard();
/// HttpHandler add = request -> json.write(users.add(json.read(request, User.class)));
/// ```
///
/// A body that is not what the handler wants is the client's fault and told as such: `415` where it
/// does not claim to be JSON, `400` where it is none or does not fit. The answer names the place in
/// the body and nothing of ours.
public final class Json {
  private static final String TYPE = "application/json";

  private final JsonMapper mapper;

  private Json(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /// JSON as Jackson reads and writes it by itself, but that nothing may follow the value.
  public static Json standard() {
    return of(JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build());
  }

  /// JSON by a mapper of one's own.
  public static Json of(JsonMapper mapper) {
    return new Json(mapper);
  }

  /// The body as a value of this type. May block where the body lies on disk.
  ///
  /// @throws HttpException `415` where the body does not claim to be JSON, `400` where it is none,
  ///   does not fit the type, or is `null`
  public <T> T read(HttpRequest request, Class<T> type) {
    return read(request, body -> mapper.readValue(body, type));
  }

  /// The body as a value of this type. May block where the body lies on disk.
  ///
  /// @throws HttpException as [#read(HttpRequest, Class)]
  public <T> T read(HttpRequest request, TypeReference<T> type) {
    return read(request, body -> mapper.readValue(body, type));
  }

  private static <T> T read(HttpRequest request, Function<InputStream, T> reader) {
    if (!isJson(request.header("Content-Type"))) {
      throw new HttpException(415, "the body must be of type " + TYPE);
    }
    if (request.body().length() == 0) {
      throw new HttpException(400, "the body is empty");
    }
    InputStream body = request.body().stream();
    T value;
    try {
      value = reader.apply(body);
    } catch (JacksonIOException unreadable) {
      throw unreadable;
    } catch (DatabindException unfit) {
      throw new HttpException(400, "the body does not fit" + path(unfit) + place(unfit), unfit);
    } catch (JacksonException malformed) {
      throw new HttpException(400, "the body is not JSON" + place(malformed), malformed);
    }
    if (value == null) {
      throw new HttpException(400, "the body is null");
    }
    return value;
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String bare =
        (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return bare.equals(TYPE) || (bare.startsWith("application/") && bare.endsWith("+json"));
  }

  private static String place(JacksonException thrown) {
    TokenStreamLocation place = thrown.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : ": line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private static String path(JacksonException thrown) {
    var path = new StringBuilder();
    for (JacksonException.Reference step : thrown.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? "" : " at " + path;
  }

  /// A `200` with this value.
  ///
  /// @throws JacksonException where the value cannot be written, which is our fault and becomes a
  ///   `500`
  public HttpResponse write(@Nullable Object value) {
    return HttpResponse.bytes(TYPE, mapper.writeValueAsBytes(value));
  }
}
