package usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class DatagramHandlerTest {
  @Test
  void a_plain_function_is_taken_to_block_and_takes_everything() {
    DatagramHandler plain = _ -> {};

    assertThat(plain.blocks()).isTrue();
    assertThat(plain.longest()).isEqualTo(65_535);
  }

  @Test
  void what_is_declared_is_kept_in_either_order() {
    DatagramHandler plain = _ -> {};

    for (DatagramHandler handler :
        new DatagramHandler[] {
          DatagramHandler.inline(plain.upTo(512)), DatagramHandler.inline(plain).upTo(512)
        }) {
      assertThat(handler.blocks()).isFalse();
      assertThat(handler.longest()).isEqualTo(512);
    }
    assertThat(plain.upTo(512).blocks()).isTrue();
  }

  @Test
  void a_length_that_no_datagram_has_is_refused() {
    DatagramHandler plain = _ -> {};

    assertThat(plain.upTo(0).longest()).isZero();
    assertThat(plain.upTo(65_535).longest()).isEqualTo(65_535);
    for (int length : new int[] {-1, 65_536}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plain.upTo(length))
          .withMessage("a datagram has from 0 to 65535 bytes, not " + length);
    }
  }
}
