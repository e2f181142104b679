package usher.files.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.Upload;

/// What uploads that came to nothing leave in the folder: no more than somebody can go on with.
final class LeftoversTest {
  private static final FolderRules RULES = FolderRules.USUAL.withWriting().withSizes(10, 12, 0);

  private final Path folder;
  private final FolderLibrary library;

  LeftoversTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.library = FolderLibrary.open(folder, RULES);
  }

  private static Deposit deposit(String text) {
    var digest = Checksum.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    Checksum checksum = Checksum.of(digest);
    return new Deposit(new FileName("new"), text.length(), Optional.of(checksum), true);
  }

  private static ByteBuffer bytes(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(Passages.FOLDER))) {
      return all.toList();
    }
  }

  @Test
  void one_that_was_refused_for_lack_of_room_leaves_nothing() throws IOException {
    Files.writeString(folder.resolve("old"), "0123456789");
    FolderLibrary full = FolderLibrary.open(folder, RULES);
    assertThatThrownBy(() -> full.store(deposit("abc")))
        .isInstanceOfSatisfying(
            LibraryException.class, thrown -> assertThat(thrown.code()).isEqualTo(Code.QUOTA));
    assertThat(left()).isEmpty();
  }

  @Test
  void one_of_which_nothing_came_leaves_nothing() throws IOException {
    library.store(deposit("abc")).close();
    assertThat(left()).isEmpty();
    try (Upload upload = library.store(deposit("abc"))) {
      upload.write(bytes("a"));
    }
    assertThat(left()).hasSize(1);
  }

  @Test
  void one_whose_name_was_taken_meanwhile_leaves_nothing() throws IOException {
    try (Upload upload = library.store(deposit("abc"))) {
      upload.write(bytes("abc"));
      Files.writeString(folder.resolve("new"), "0");
      assertThatThrownBy(upload::commit).hasMessage("there is a new already");
    }
    assertThat(left()).isEmpty();
    assertThat(folder.resolve("new")).hasContent("0");
  }

  @Test
  void where_there_are_as_many_as_may_be_another_one_is_stored_and_cannot_be_resumed()
      throws IOException {
    Path passages = Files.createDirectory(folder.resolve(Passages.FOLDER));
    for (int i = 0; i < Passages.MOST - 1; i++) {
      Files.createFile(passages.resolve("part-" + i));
    }
    try (Upload last = library.store(deposit("last"))) {
      last.write(bytes("la"));
    }
    try (Upload more = library.store(deposit("more"))) {
      more.write(bytes("mo"));
    }
    assertThat(left()).hasSize(Passages.MOST);
    assertThat(library.kept(deposit("last"))).hasValue(2);
    assertThat(library.kept(deposit("more"))).isEmpty();
    try (Upload more = library.store(deposit("more"))) {
      more.write(bytes("more"));
      more.commit();
    }
    assertThat(folder.resolve("new")).hasContent("more");
  }
}
