package usher.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CarriageTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 516, 65_535})
  void datagrams_have_as_many_bytes_as_there_can_be(int longest) {
    assertThat(Carriage.datagrams(longest)).isEqualTo(new Carriage.Datagrams(longest));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void other_lengths_are_refused(int longest) {
    assertThatThrownBy(() -> Carriage.datagrams(longest))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a datagram has from 1 to 65535 bytes, not " + longest);
  }

  @Test
  void a_protocol_is_carried_by_a_stream_if_it_does_not_say_otherwise() {
    assertThat(new usher.service.Echo().carriage()).isEqualTo(Carriage.STREAM);
  }
}
