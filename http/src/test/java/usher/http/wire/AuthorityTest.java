package usher.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuthorityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a.test",
        "A-b_c~d",
        "!$&'()*+,;=",
        "a:",
        "a:0",
        "a:65535",
        "a:00080",
        ":80",
        "1.2.3.4:80",
        "%41%aF",
        "a%2e:1",
        "[::]",
        "[::1]:80",
        "[1:2:3:4:5:6:7:8]",
        "[1:2:3:4:5:6:7::]",
        "[::2:3:4:5:6:7:8]",
        "[1::8]",
        "[fe80::A]",
        "[::ffff:192.0.2.1]",
        "[1:2:3:4:5:6:1.2.3.4]",
        "[::1.2.3.4]",
        "[::255.0.10.249]",
        "[v1.a:b]",
        "[vF.~]"
      })
  void valid(String authority) {
    assertThat(Authority.isValid(authority)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a/b",
        "a@b",
        "ä",
        "\u0141",
        "a\u560d",
        "a:b",
        "a:65536",
        "a:4294967377",
        "a:-1",
        "a:1:1",
        "%",
        "%4",
        "%4g",
        "a%zz",
        "%41 ",
        "%41/",
        "a%41:x",
        "::1",
        "[",
        "]",
        "[]",
        "[:]",
        "[:::]",
        "[1]",
        "[::1",
        "[::1]x",
        "[::1]:x",
        "a[::1]",
        "[::1]]",
        "[1:2:3:4:5:6:7]",
        "[1:2:3:4:5:6:7:8:9]",
        "[1::2::3]",
        "[::1:2:3:4:5:6:7:8]",
        "[12345::]",
        "[g::]",
        "[1:]",
        "[:1::]",
        "[::1.2.3]",
        "[::1.2.3.4.5]",
        "[::1.2.3.256]",
        "[::01.2.3.4]",
        "[::1.2.3.]",
        "[::1.2.3.x]",
        "[::1.2.3.1234]",
        "[1.2.3.4]",
        "[1:2:3:4:5:6:7:1.2.3.4]",
        "[1:2:3:4:5:1.2.3.4]",
        "[::1:2:3:4:5:6:1.2.3.4]",
        "[::%1]",
        "[v1]",
        "[v.a]",
        "[v1.]",
        "[vg.a]",
        "[v1.a/b]",
        "[v1.\u0141]"
      })
  void not_valid(String authority) {
    assertThat(Authority.isValid(authority)).isFalse();
  }
}
