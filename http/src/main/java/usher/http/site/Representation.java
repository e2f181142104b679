package usher.http.site;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.http.Headers;
import usher.http.HttpDate;
import usher.http.HttpResponse;
import usher.http.ResponseBody;

/// A file in one encoding: what is said about it, made once, and where its bytes are. Immutable.
final class Representation {
  private final String type;
  private final Validators validators;
  private final Content content;

  /// `200`, with the body where that is in memory.
  private final HttpResponse whole;

  private final HttpResponse unchanged;

  /// What all files of a site say alike.
  ///
  /// @param cacheControl the value of `Cache-Control`, if any
  record Policy(@Nullable String cacheControl) {}

  /// @param varies whether another client might get another encoding
  Representation(
      String type,
      Encoding encoding,
      boolean varies,
      Validators validators,
      Content content,
      Policy policy) {
    this.type = type;
    this.validators = validators;
    this.content = content;
    var common = new ArrayList<String>();
    common.addAll(List.of("ETag", validators.tag().toString()));
    if (varies) {
      common.addAll(List.of("Vary", "Accept-Encoding"));
    }
    if (policy.cacheControl != null) {
      common.addAll(List.of("Cache-Control", policy.cacheControl));
    }
    this.unchanged = HttpResponse.status(304).withHeaders(headers(common));
    var full = new ArrayList<String>(List.of("Content-Type", type));
    if (encoding != Encoding.IDENTITY) {
      full.addAll(List.of("Content-Encoding", encoding.token));
    }
    full.addAll(List.of("Last-Modified", HttpDate.format(validators.modified())));
    full.addAll(common);
    if (hasRanges()) {
      full.addAll(List.of("Accept-Ranges", "bytes"));
    }
    full.addAll(List.of("X-Content-Type-Options", "nosniff"));
    if (length() == 0) {
      // Else HEAD would not tell: an empty body stands for one of any length there.
      full.addAll(List.of("Content-Length", "0"));
    }
    HttpResponse head = HttpResponse.status(200).withHeaders(headers(full));
    this.whole =
        content instanceof Content.Memory(ByteBuffer bytes)
            ? head.withBody(Content.memory(bytes))
            : head;
  }

  private static Headers headers(List<String> pairs) {
    return Headers.of(pairs.toArray(String[]::new));
  }

  Validators validators() {
    return validators;
  }

  Content content() {
    return content;
  }

  /// Whether parts of it may be sent: not of what is compressed anew for each answer.
  boolean hasRanges() {
    return !(content instanceof Content.Compressed);
  }

  long length() {
    return switch (content) {
      case Content.Memory(ByteBuffer bytes) -> bytes.remaining();
      case Content.OnDisk(SharedFile _, long length) -> length;
      case Content.Compressed _ -> ResponseBody.UNKNOWN;
    };
  }

  /// `304`.
  HttpResponse unchanged() {
    return unchanged;
  }

  /// `200` with all of it, or null where its file has been closed meanwhile.
  @Nullable HttpResponse whole() {
    if (content instanceof Content.Memory) {
      return whole;
    }
    ResponseBody body = content.whole();
    return body == null ? null : whole.withBody(body);
  }

  /// `206` with these parts, or null where its file has been closed meanwhile.
  ///
  /// @param ranges at least one
  /// @param boundary what separates the parts; must not occur in the file
  @Nullable HttpResponse parts(List<ByteRange> ranges, String boundary) {
    return PartialContent.of(whole, type, content, length(), ranges, boundary);
  }
}
