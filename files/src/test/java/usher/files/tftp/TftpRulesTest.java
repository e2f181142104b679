package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.files.tftp.client.TftpWishes;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Terms;

final class TftpRulesTest {
  private static final TftpRules USUAL = TftpRules.USUAL;

  @ParameterizedTest
  @CsvSource({"512, 1, 1", "65464, 4096, 67108864"})
  void blocks_and_windows_go_up_to_their_bounds(int block, int window, int bytes) {
    assertThatCode(() -> USUAL.withBlocks(block, window, bytes)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "511, 1, 1",
    "65465, 1, 1",
    "512, 0, 1",
    "512, 4097, 1",
    "512, 1, 0",
    "512, 1, 67108865"
  })
  void and_not_beyond(int block, int window, int bytes) {
    assertThatIllegalArgumentException().isThrownBy(() -> USUAL.withBlocks(block, window, bytes));
  }

  @Test
  void there_is_room_for_one_transfer_at_least() {
    assertThatCode(() -> USUAL.withTransfers(1, 1)).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> USUAL.withTransfers(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> USUAL.withTransfers(1, 0));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "255000, 100, 100"})
  void patience_goes_up_to_its_bounds(int millis, int before, int after) {
    assertThatCode(() -> USUAL.withPatience(Duration.ofMillis(millis), before, after))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "255001, 0, 0", "1, -1, 0", "1, 101, 0", "1, 0, -1", "1, 0, 101"})
  void and_no_further(int millis, int before, int after) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> USUAL.withPatience(Duration.ofMillis(millis), before, after));
  }

  @ParameterizedTest
  @CsvSource({"8, 1, 1", "65464, 4096, 255"})
  void a_client_may_wish_for_what_the_RFCs_have(int block, int window, int timeout) {
    assertThatCode(() -> new TftpWishes(Mode.OCTET, block, window, timeout))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"7, 1, 1", "65465, 1, 1", "8, 0, 1", "8, 4097, 1", "8, 1, 0", "8, 1, 256"})
  void and_for_nothing_else(int block, int window, int timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TftpWishes(Mode.OCTET, block, window, timeout));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void terms_have_a_timeout(int seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Terms(512, 1, Duration.ofSeconds(seconds)));
  }
}
