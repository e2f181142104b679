package usher.files.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.Upload;
import usher.session.Timeouts;

/// How large the chunks of an upload are, by a clock of its own.
final class IntakeTest {
  private static final int MIB = 1 << 20;
  private static final long MILLI = 1_000_000;

  private final List<Integer> written = new ArrayList<>();
  private long now;

  private Intake intake(long size) {
    Deposit deposit = new Deposit(new FileName("f"), size, Optional.empty(), false);
    Upload upload =
        new Upload() {
          private long offset;

          @Override
          public long offset() {
            return offset;
          }

          @Override
          public void write(ByteBuffer bytes) {
            written.add(bytes.remaining());
            offset += bytes.remaining();
            bytes.position(bytes.limit());
          }

          @Override
          public FileEntry commit() {
            return new FileEntry(
                deposit.name(), offset, Instant.EPOCH, Optional.of(Checksum.of(Checksum.digest())));
          }

          @Override
          public void close() {}
        };
    return new Intake(deposit, upload, Timeouts.DEFAULT);
  }

  /// As a session does it: each chunk takes so long to come.
  private void chunks(Intake intake, int count, long time) {
    for (int i = 0; i < count; i++) {
      long _ = intake.deadline(now);
      intake.receive(ByteBuffer.allocate(intake.held()));
      assertThat(intake.ready()).isTrue();
      now += time;
      intake.pause(now);
      Object _ = intake.run();
    }
  }

  @Test
  void chunks_of_a_client_in_haste_grow_to_the_largest() {
    chunks(intake(64L * MIB), 20, 0);
    assertThat(written).startsWith(Intake.LEAST).endsWith(Intake.MOST, Intake.MOST);
    assertThat(written.stream().distinct()).containsExactly(16 << 10, 64 << 10, 256 << 10);
  }

  @Test
  void chunks_of_a_slow_client_stay_small() {
    chunks(intake(MIB), 60, 50 * MILLI);
    assertThat(written).containsOnly(Intake.LEAST);
  }

  @Test
  void bursts_of_two_chunks_make_none_larger() {
    Intake intake = intake(MIB);
    for (int i = 0; i < 20; i++) {
      chunks(intake, 1, 100 * MILLI);
      chunks(intake, 1, 0);
    }
    assertThat(written).containsOnly(Intake.LEAST);
  }

  @Test
  void chunks_grow_below_the_quick_time_and_not_at_it() {
    Intake at = intake(MIB);
    chunks(at, 40, Intake.QUICK);
    assertThat(at.held()).isEqualTo(Intake.LEAST);
    Intake below = intake(MIB);
    chunks(below, 12, Intake.QUICK / 2);
    assertThat(below.held()).isGreaterThan(Intake.LEAST);
  }

  @Test
  void chunks_shrink_above_the_slow_time_and_not_at_it() {
    Intake intake = intake(64L * MIB);
    chunks(intake, 20, 0);
    chunks(intake, 40, Intake.SLOW);
    assertThat(intake.held()).isEqualTo(Intake.MOST);
    chunks(intake, 1, Intake.SLOW + 10_000);
    assertThat(intake.held()).isEqualTo(Intake.MOST / 4);
    chunks(intake, 2, Intake.SLOW + 10_000);
    assertThat(intake.held()).isEqualTo(Intake.LEAST);
  }

  @Test
  void time_that_a_write_takes_is_not_the_clients() {
    Intake intake = intake(MIB);
    for (int i = 0; i < 8; i++) {
      chunks(intake, 1, 0);
      now += 10 * Intake.SLOW;
    }
    assertThat(intake.held()).isGreaterThan(Intake.LEAST);
  }

  @Test
  void no_chunk_is_refused_since_the_upload_has_begun() {
    assertThat(intake(MIB).refusable()).isFalse();
  }

  @Test
  void no_more_room_is_held_than_is_left_to_come() {
    Intake small = intake(5);
    assertThat(small.held()).isEqualTo(5);
    chunks(small, 1, 0);
    assertThat(small.whole()).isTrue();
    Intake odd = intake(Intake.LEAST + 1L);
    chunks(odd, 2, 0);
    assertThat(written).containsExactly(5, Intake.LEAST, 1);
    assertThat(odd.whole()).isTrue();
  }
}
