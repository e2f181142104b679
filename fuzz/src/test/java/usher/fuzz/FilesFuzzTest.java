package usher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import usher.files.FileName;
import usher.files.frame.FileProtocol;
import usher.files.frame.Frame;
import usher.files.frame.FrameException;
import usher.testkit.drive.Cuts;
import usher.testkit.drive.Rehearsal;

/// A session of the file protocol that is sent any bytes: it answers in whole messages of the
/// protocol, the same however the bytes are cut; nothing outside the library or hidden in it is
/// sent or changed; nothing fails, and what was taken is given back.
final class FilesFuzzTest {
  /// Each byte of an input comes alone once, so long ones cost their square.
  private static final int LONGEST = 4_096;

  private static final Pattern TIME = Pattern.compile("[0-9-]{10}T[0-9:.]{8,12}Z");

  private static final Set<String> CODES =
      Set.of(
          "bad-request",
          "version",
          "token",
          "bad-name",
          "not-found",
          "range",
          "exists",
          "read-only",
          "too-large",
          "quota",
          "no-space",
          "mismatch",
          "busy");

  @TempDir Path top;
  private Premises premises;

  @BeforeEach
  void open() throws IOException {
    premises = new Premises(top);
  }

  @FuzzTest(maxDuration = "2m")
  @DictionaryEntries(
      // In the form of libFuzzer dictionaries.
      value = {
        "\\x00\\x13HELLO usher-files 1",
        "\\x0ALIST",
        "\\x0AQUIT",
        "\\x0ASTAT ",
        "\\x0AGET 0 ",
        "\\x0APUT 5 - replace ",
        "\\x0APUT 5 - absent ",
        "\\x0A=hello",
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
        "hello.txt",
        "a/b/c.txt",
        "leak.txt",
        "up/secret.txt",
        "../secret.txt",
        ".hidden",
        ".usher/part-1",
        "999999999999999999",
        "\\x00\\x00",
        "\\x08\\x01"
      })
  void any_bytes_are_answered_the_same_at_every_cut(byte[] bytes) throws Exception {
    if (bytes.length > LONGEST) {
      return;
    }
    byte[] wire = wire(bytes);
    String whole = heard(wire, List.of());
    String each = heard(wire, Cuts.each(wire.length));
    assertThat(each).isEqualTo(whole);
  }

  /// Bytes as they are; but behind a `#` each line is a message, after the first one that all
  /// conversations have, or the bare bytes behind a `=`.
  private static byte[] wire(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != '#') {
      return bytes;
    }
    var wire = new ByteArrayOutputStream();
    wire.writeBytes(Frame.of(FileProtocol.GREETING));
    String text = new String(bytes, StandardCharsets.UTF_8);
    for (String line : text.substring(1).split("\n", -1)) {
      if (line.startsWith("=")) {
        wire.writeBytes(line.substring(1).getBytes(StandardCharsets.UTF_8));
      } else if (!line.isEmpty() && line.getBytes(StandardCharsets.UTF_8).length <= Frame.MOST) {
        wire.writeBytes(Frame.of(line));
      }
    }
    return wire.toByteArray();
  }

  /// What comes of it in a library as in the beginning, without the times.
  private String heard(byte[] wire, List<Integer> cuts) throws Exception {
    premises.restore();
    try (var rehearsal = Rehearsal.of(FileProtocol.of(premises.library()))) {
      rehearsal.send(wire, cuts).end();
      assertThat(rehearsal.thrown()).isNull();
      assertThat(rehearsal.open()).isFalse();
      premises.toldNothing(new String(wire, StandardCharsets.ISO_8859_1), rehearsal.text());
      return understood(rehearsal.output());
    } finally {
      premises.unharmed();
    }
  }

  private static String understood(byte[] heard) throws FrameException {
    StringBuilder all = new StringBuilder();
    ByteBuffer in = ByteBuffer.wrap(heard);
    while (in.hasRemaining()) {
      String text = new Frame().read(in);
      assertThat(text).as("a whole message").isNotNull();
      all.append(TIME.matcher(Objects.requireNonNull(text)).replaceAll("TIME")).append('\n');
      String[] words = text.split(" ", 5);
      switch (words[0]) {
        case "DATA" -> {
          int count = Integer.parseInt(words[1]);
          all.append(new String(heard, in.position(), count, StandardCharsets.ISO_8859_1));
          in.position(in.position() + count);
        }
        case "FILE" -> assertThat(new FileName(words[4]).text()).isEqualTo(words[4]);
        case "ERROR" -> assertThat(CODES).contains(words[1]);
        default -> assertThat(words[0]).isIn("HELLO", "END", "SEND", "STORED", "BYE");
      }
    }
    return all.toString();
  }
}
