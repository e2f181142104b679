package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import usher.files.Checksum;
import usher.http.Headers;
import usher.http.HttpException;

/// Checksums in header fields.
final class DigestsTest {
  private static final Checksum HELLO =
      new Checksum("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  private static final String FIELD = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

  @Test
  void what_is_written_is_read() {
    assertThat(Digests.field(HELLO)).isEqualTo(FIELD);
    for (String field :
        new String[] {
          FIELD, "md5=:AA==:, " + FIELD, FIELD + ";a=1,sha=:AA==:", "x=1 ,\t" + FIELD
        }) {
      assertThat(Digests.announced(Headers.of("Repr-Digest", field))).as(field).contains(HELLO);
    }
    assertThat(Digests.announced(Headers.of("content-digest", FIELD))).contains(HELLO);
    assertThat(Digests.announced(Headers.of("Repr-Digest", FIELD, "Content-Digest", FIELD)))
        .contains(HELLO);
  }

  @Test
  void other_algorithms_are_passed_over() {
    assertThat(Digests.announced(Headers.none())).isEmpty();
    assertThat(Digests.announced(Headers.of("Repr-Digest", "sha-512=:AA==:"))).isEmpty();
    assertThat(Digests.announced(Headers.of("Repr-Digest", "sha-256"))).isEmpty();
    assertThat(Digests.announced(Headers.of("Repr-Digest", "xsha-256=:AA==:"))).isEmpty();
  }

  @Test
  void what_is_none_is_refused() {
    for (String field :
        new String[] {"sha-256=", "sha-256=::", "sha-256=:AA==:", "sha-256=AA", "sha-256=:*:"}) {
      refused(Headers.of("Repr-Digest", field));
    }
    String other = FIELD.replace("LPJ", "LPK");
    refused(Headers.of("Repr-Digest", FIELD, "Content-Digest", other));
  }

  private static void refused(Headers headers) {
    assertThatThrownBy(() -> Digests.announced(headers))
        .as(headers.toString())
        .isInstanceOfSatisfying(
            HttpException.class, thrown -> assertThat(thrown.status()).isEqualTo(400));
  }

  @Test
  void it_is_wanted_with_a_weight_above_nothing() {
    for (String field : new String[] {"sha-256=1", "sha-512=3, sha-256=10", "SHA-256=9"}) {
      assertThat(Digests.wanted(Headers.of("Want-Repr-Digest", field))).as(field).isTrue();
    }
    for (String field : new String[] {"sha-256=0", "sha-512=3", "sha-256", "sha-256=11", "x"}) {
      assertThat(Digests.wanted(Headers.of("Want-Repr-Digest", field))).as(field).isFalse();
    }
  }
}
