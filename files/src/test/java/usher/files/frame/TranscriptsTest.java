package usher.files.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import usher.files.Deposit;
import usher.files.FileName;
import usher.files.Upload;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.testkit.drive.Rehearsal;
import usher.testkit.drive.Replay;
import usher.testkit.drive.Transcript;

/// Runs `docs/transcripts/files`, cut in every way, on a real folder.
final class TranscriptsTest {
  private static final int LARGEST = 100;

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> conversations_go_as_written_however_they_are_cut() throws IOException {
    FolderLibrary library =
        FolderLibrary.open(
            folder, FolderRules.USUAL.withWriting().withSizes(LARGEST, Long.MAX_VALUE, 0));
    try (Upload upload =
        library.store(new Deposit(new FileName("hello.txt"), 14, Optional.empty(), false))) {
      upload.write(ByteBuffer.wrap("Hello, World!\n".getBytes(StandardCharsets.US_ASCII)));
      upload.commit();
    }
    Replay replay =
        new Replay(
            transcript -> open(library, transcript),
            server -> server.text().contains("ERROR "),
            "\0\4LIST\0\1\2");
    Map<String, Transcript> all = Transcript.in(Path.of("../docs/transcripts/files"));
    assertThat(all.size()).isGreaterThan(30);
    return all.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> replay.run(e.getValue())));
  }

  private static Rehearsal open(FolderLibrary library, Transcript transcript) {
    try {
      Files.deleteIfExists(folder.resolve("new"));
      // Written by another way, so that its checksum is not known.
      Files.deleteIfExists(folder.resolve("two words"));
      Files.writeString(folder.resolve("two words"), "of a");
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
    Rehearsal rehearsal = Rehearsal.of(FileProtocol.of(new FixedTimes(library)));
    return transcript.settings().containsKey("hold") ? rehearsal.hold() : rehearsal;
  }
}
