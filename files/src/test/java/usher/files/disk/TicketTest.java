package usher.files.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.Upload;

/// Uploads that are known by a ticket, and come in as many parts as they like.
final class TicketTest {
  private static final FileName NAME = new FileName("a.txt");
  private static final String TICKET = "0123456789abcdef";

  private final Path folder;
  private FolderLibrary library;

  TicketTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.library = FolderLibrary.open(folder, FolderRules.USUAL.withWriting());
  }

  private static Deposit deposit(long size, Optional<Checksum> checksum) {
    return new Deposit(NAME, size, checksum, true, Optional.of(TICKET));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Checksum checksum(String text) {
    var digest = Checksum.digest();
    digest.update(bytes(text));
    return Checksum.of(digest);
  }

  private void part(Deposit deposit, String text) {
    try (Upload upload = library.store(deposit)) {
      upload.write(bytes(text));
    }
  }

  @Test
  void without_a_checksum_it_goes_on_where_it_was_cut_also_after_a_restart() throws IOException {
    Deposit deposit = deposit(12, Optional.empty());
    assertThat(library.kept(deposit)).isEmpty();
    library.store(deposit).close();
    assertThat(library.kept(deposit)).hasValue(0);
    part(deposit, "once ");
    assertThat(library.kept(deposit)).hasValue(5);
    library = FolderLibrary.open(folder, FolderRules.USUAL.withWriting());
    part(deposit, "upon ");
    try (Upload upload = library.store(deposit)) {
      assertThat(upload.offset()).isEqualTo(10);
      upload.write(bytes("a!"));
      FileEntry entry = upload.commit();
      assertThat(entry.checksum()).contains(checksum("once upon a!"));
    }
    assertThat(folder.resolve("a.txt")).hasContent("once upon a!");
    assertThat(library.kept(deposit)).isEmpty();
  }

  @Test
  void what_was_announced_is_checked_over_all_parts() {
    Deposit deposit = deposit(4, Optional.of(checksum("good")));
    part(deposit, "go");
    try (Upload upload = library.store(deposit)) {
      upload.write(bytes("ld"));
      refused(Code.MISMATCH, upload::commit);
    }
    assertThat(library.kept(deposit)).isEmpty();
    assertThat(library.list()).isEmpty();
  }

  @Test
  void two_do_not_write_the_same_at_once() {
    Deposit deposit = deposit(4, Optional.empty());
    try (Upload upload = library.store(deposit)) {
      refused(Code.BUSY, () -> library.store(deposit));
      refused(Code.BUSY, () -> library.forget(deposit));
      upload.write(bytes("1234"));
      upload.commit();
    }
  }

  @Test
  void it_can_be_forgotten() throws IOException {
    Deposit deposit = deposit(4, Optional.empty());
    library.forget(deposit);
    part(deposit, "12");
    library.forget(deposit);
    assertThat(library.kept(deposit)).isEmpty();
    try (var left = Files.list(folder.resolve(Passages.FOLDER))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void there_are_so_many_that_nobody_goes_on_with_at_most() throws IOException {
    Path passages = Files.createDirectory(folder.resolve(Passages.FOLDER));
    for (int i = 0; i < Passages.MOST - 1; i++) {
      Files.createFile(passages.resolve("part-" + i));
    }
    Deposit last = deposit(4, Optional.empty());
    part(last, "12");
    Deposit more = new Deposit(NAME, 4, Optional.empty(), true, Optional.of("z".repeat(16)));
    refused(Code.BUSY, () -> library.store(more));
    part(last, "34");
    Files.delete(passages.resolve("part-0"));
    part(more, "12");
  }

  @Test
  void another_ticket_is_another_upload() {
    part(deposit(4, Optional.empty()), "12");
    Deposit other = new Deposit(NAME, 4, Optional.empty(), true, Optional.of("fedcba9876543210-_"));
    assertThat(library.kept(other)).isEmpty();
  }

  @Test
  void a_ticket_is_a_word_of_16_to_64_and_for_a_file_of_known_size() {
    for (String ticket : new String[] {"a".repeat(15), "a".repeat(65), "../" + TICKET}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Deposit(NAME, 1, Optional.empty(), true, Optional.of(ticket)));
    }
    for (int length : new int[] {16, 64}) {
      Optional<String> ticket = Optional.of("a".repeat(length));
      assertThat(new Deposit(NAME, 1, Optional.empty(), true, ticket).resumable()).isTrue();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Deposit(NAME, Deposit.UNKNOWN, Optional.empty(), true, ticket));
    }
  }

  private static void refused(
      Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            LibraryException.class, thrown -> assertThat(thrown.code()).isEqualTo(code));
  }
}
