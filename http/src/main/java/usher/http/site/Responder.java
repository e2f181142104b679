package usher.http.site;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import usher.http.Headers;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Answers a GET or HEAD for a resource: picks the encoding, weighs the conditions, cuts the ranges
/// (RFC 9110, 13.2.2). Touches no disk.
///
/// A range of a file that is empty does not count: clients that always send one still want the
/// file.
///
/// @param wall for dates with two digits of a year
/// @param boundaries gives a new, unguessable boundary for each answer in parts
record Responder(InstantSource wall, Supplier<String> boundaries) {
  /// The answer, or null where the resource has been closed meanwhile.
  ///
  /// @throws HttpException `412` and `416`
  @Nullable HttpResponse answer(Resource resource, HttpRequest request) {
    Headers headers = request.headers();
    String range = request.method().equals("GET") ? headers.joined("Range") : null;
    Representation chosen =
        resource.choose(
            resource.varies() ? headers.joined("Accept-Encoding") : null, range != null);
    return answer(chosen, request, range);
  }

  /// The same for what has one representation alone.
  @Nullable HttpResponse answer(Representation only, HttpRequest request) {
    return answer(
        only, request, request.method().equals("GET") ? request.headers().joined("Range") : null);
  }

  private @Nullable HttpResponse answer(
      Representation chosen, HttpRequest request, @Nullable String range) {
    Headers headers = request.headers();
    Validators validators = chosen.validators();
    return switch (Preconditions.check(request.method(), headers, validators, wall)) {
      case NOT_MODIFIED -> chosen.unchanged();
      case FAILED -> throw new HttpException(412, "the file is another version by now");
      case PROCEED -> {
        long size = chosen.length();
        List<ByteRange> ranges = null;
        if (range != null && size > 0 && Preconditions.allowRange(headers, validators, wall)) {
          ranges = ByteRange.parse(range, size);
        }
        if (ranges == null) {
          yield chosen.whole();
        }
        if (ranges.isEmpty()) {
          throw new HttpException(416, "the file has " + size + " bytes")
              .withHeader("Content-Range", "bytes */" + size);
        }
        yield chosen.parts(ranges, ranges.size() == 1 ? "" : boundaries.get());
      }
    };
  }
}
