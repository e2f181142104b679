package usher.http.site;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import usher.http.Headers;
import usher.http.HttpDate;

/// The five conditions under which a client wants its request done (RFC 9110, 13), in their order
/// of precedence (13.2.2). A date that cannot be read is as if it had not come.
final class Preconditions {
  /// What the conditions say.
  enum Verdict {
    /// Do it.
    PROCEED,
    /// The client has it already: `304`.
    NOT_MODIFIED,
    /// The client did not mean this version: `412`.
    FAILED
  }

  private Preconditions() {}

  /// Whether a request for a representation with these validators shall be done.
  ///
  /// @param wall for years of two digits
  static Verdict check(String method, Headers headers, Validators current, InstantSource wall) {
    boolean reads = method.equals("GET") || method.equals("HEAD");
    String match = headers.joined("If-Match");
    if (match != null) {
      if (!current.tag().isIn(match, true)) {
        return Verdict.FAILED;
      }
    } else {
      Instant since = date(headers.first("If-Unmodified-Since"), wall);
      if (since != null && current.modified().isAfter(since)) {
        return Verdict.FAILED;
      }
    }
    String noneMatch = headers.joined("If-None-Match");
    if (noneMatch != null) {
      if (current.tag().isIn(noneMatch, false)) {
        return reads ? Verdict.NOT_MODIFIED : Verdict.FAILED;
      }
    } else if (reads) {
      Instant since = date(headers.first("If-Modified-Since"), wall);
      if (since != null && !current.modified().isAfter(since)) {
        return Verdict.NOT_MODIFIED;
      }
    }
    return Verdict.PROCEED;
  }

  /// Whether `Range` counts: there is no `If-Range`, or it names just this version, and strongly.
  static boolean allowRange(Headers headers, Validators current, InstantSource wall) {
    String condition = headers.first("If-Range");
    if (condition == null) {
      return true;
    }
    EntityTag tag = EntityTag.parse(condition);
    if (tag != null) {
      return current.tag().strongly(tag);
    }
    Instant date = date(condition, wall);
    return date != null && current.settled() && date.equals(current.modified());
  }

  private static @Nullable Instant date(@Nullable String text, InstantSource wall) {
    return text == null ? null : HttpDate.parse(text, wall.instant());
  }
}
