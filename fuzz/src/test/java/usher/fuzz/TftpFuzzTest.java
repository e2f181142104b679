package usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.testkit.ManualClock;
import usher.testkit.drive.DatagramRehearsal;

/// A TFTP session that is sent any datagrams, the first of which may be anybody's: it answers in
/// packets of TFTP and comes to an end; who has not answered is sent a bounded number of bytes;
/// nothing outside the library or hidden in it is sent or changed; nothing fails, and what was
/// taken is given back.
final class TftpFuzzTest {
  private static final String CLIENT = "192.0.2.7";

  /// What `docs/protocols/tftp.md` promises of one datagram.
  private static final int UNANSWERED = 2_064;

  /// More than any session waits for.
  private static final int DEADLINES = 100;

  private static final TftpRules RULES = TftpRules.USUAL.withReplacing();

  /// What one packet can set off: a window.
  private static final int MOST_EACH = RULES.windowBytes() + 4 * RULES.window();

  @TempDir Path top;
  private Premises premises;

  @BeforeEach
  void open() throws IOException {
    premises = new Premises(top);
  }

  /// `FE FF` stands between datagrams; an empty one lets time pass.
  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries(
      // In the form of libFuzzer dictionaries.
      value = {
        "\\x00\\x01hello.txt\\x00octet\\x00",
        "\\x00\\x01blocks\\x00netascii\\x00",
        "\\x00\\x02new\\x00octet\\x00",
        "blksize\\x008\\x00",
        "blksize\\x0065464\\x00",
        "windowsize\\x004\\x00",
        "timeout\\x001\\x00",
        "tsize\\x000\\x00",
        "\\xFE\\xFF",
        "\\x00\\x03\\x00\\x01hello",
        "\\x00\\x04\\x00\\x00",
        "\\x00\\x04\\x00\\x01",
        "\\x00\\x05\\x00\\x00no\\x00",
        "\\x00\\x06blksize\\x008\\x00",
        "/../secret.txt",
        "up/secret.txt",
        "leak.txt",
        ".usher/part-1"
      })
  void any_datagrams_are_answered_within_bounds(byte[] bytes) throws IOException {
    premises.restore();
    List<byte[]> datagrams = datagrams(bytes);
    ManualClock clock = new ManualClock();
    TftpProtocol protocol = TftpProtocol.of(premises.library(), RULES);
    var session = DatagramRehearsal.of(protocol, CLIENT, clock);
    StringBuilder heard = new StringBuilder();
    for (byte[] datagram : datagrams) {
      if (datagram.length == 0 && !session.over()) {
        session.expire();
      } else {
        session.hear(ByteBuffer.wrap(datagram));
      }
      assertThat(listen(session, heard)).isLessThanOrEqualTo(MOST_EACH);
    }
    for (int i = 0; !session.over(); i++) {
      assertThat(i).as("deadlines that passed").isLessThan(DEADLINES);
      session.expire();
      assertThat(listen(session, heard)).isLessThanOrEqualTo(MOST_EACH);
    }
    if (datagrams.stream().filter(datagram -> datagram.length > 0).count() == 1) {
      assertThat(heard.length()).isLessThanOrEqualTo(UNANSWERED);
    }
    premises.toldNothing(new String(bytes, StandardCharsets.ISO_8859_1), heard.toString());
    assertThat(protocol.transfers()).isZero();
    premises.unharmed();
  }

  private static List<byte[]> datagrams(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Stream.of(text.split("\u00fe\u00ff", -1))
        .map(datagram -> datagram.getBytes(StandardCharsets.ISO_8859_1))
        .toList();
  }

  /// @return how many bytes
  private static int listen(DatagramRehearsal session, StringBuilder heard) {
    int sum = 0;
    for (ByteBuffer datagram : session.take()) {
      sum += datagram.remaining();
      heard.append(StandardCharsets.ISO_8859_1.decode(datagram.duplicate()));
      try {
        if (Packet.of(datagram) instanceof Packet.Fault(int code, String text)) {
          assertThat(code).isBetween(0, 8);
          // What was thrown and is no refusal.
          assertThat(text).isNotEqualTo("it failed");
        }
      } catch (TftpException wrong) {
        throw new AssertionError("no packet was sent", wrong);
      }
    }
    return sum;
  }
}
