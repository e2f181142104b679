package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import usher.lab.load.wire.Answer.Progress;
import usher.testkit.Seeds;
import usher.testkit.Split;
import usher.testkit.Splits;

final class LineAnswerTest {
  @Test
  void a_line_has_the_same_length_in_whatever_parts_it_comes() {
    byte[] input = "hello\n".getBytes(StandardCharsets.US_ASCII);
    Seeds.each(
        1,
        gen -> {
          for (Split split : Splits.all(input, 5, gen)) {
            LineAnswer answer = new LineAnswer();
            answer.begin(false);
            Progress progress = Progress.MORE;
            for (byte[] part : split.parts()) {
              assertThat(progress).isEqualTo(Progress.MORE);
              progress = answer.read(ByteBuffer.wrap(part));
            }
            assertThat(progress).isEqualTo(Progress.WHOLE);
            assertThat(answer.length()).as(split.name()).isEqualTo(6);
          }
        });
  }

  @Test
  void the_next_line_stays_in_the_buffer() {
    ByteBuffer bytes = ByteBuffer.wrap("\nab".getBytes(StandardCharsets.US_ASCII));
    LineAnswer answer = new LineAnswer();
    answer.begin(false);

    assertThat(answer.read(bytes)).isEqualTo(Progress.WHOLE);
    assertThat(answer.length()).isEqualTo(1);
    assertThat(bytes.remaining()).isEqualTo(2);
    answer.begin(false);
    assertThat(answer.read(bytes)).isEqualTo(Progress.MORE);
    assertThat(answer.end()).isEqualTo(Progress.BROKEN);
  }
}
