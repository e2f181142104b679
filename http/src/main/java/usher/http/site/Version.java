package usher.http.site;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpRequest;

/// Which version of a file there is: what the conditions of requests are weighed against.
///
/// @param tag the entity tag without its quotes; another one whenever the bytes are others
/// @param modified when it was last changed
public record Version(String tag, Instant modified) {
  /// @throws IllegalArgumentException where the tag cannot stand between quotes
  public Version {
    if (!tag.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '"')) {
      throw new IllegalArgumentException("not an entity tag: " + tag);
    }
    modified = modified.truncatedTo(ChronoUnit.SECONDS);
  }

  Validators validators() {
    // Strong by its tag; by its date it is not, since two changes may have come within a second.
    return new Validators(new EntityTag(false, tag), modified, false);
  }

  /// Lets a request through that is to change a file, unless its conditions forbid it (RFC 9110,
  /// 13.1).
  ///
  /// @param current what is there, or null where nothing is
  /// @throws HttpException `412`
  public static void require(HttpRequest request, @Nullable Version current) {
    if (current == null) {
      if (request.headers().has("If-Match")) {
        throw new HttpException(412, "there is no such file by now");
      }
      return;
    }
    Preconditions.Verdict verdict =
        Preconditions.check(
            request.method(), request.headers(), current.validators(), InstantSource.system());
    if (verdict != Preconditions.Verdict.PROCEED) {
      throw new HttpException(412, "the file is another version, or there is one already");
    }
  }
}
