package usher.files.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.OpenFile;
import usher.files.Upload;

final class FolderLibraryTest {
  private static final FolderRules WRITABLE = FolderRules.USUAL.withWriting();
  private static final FileName NAME = new FileName("a.txt");

  private final Path folder;
  private FolderLibrary library;

  FolderLibraryTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.library = FolderLibrary.open(folder, WRITABLE);
  }

  @BeforeEach
  void something_is_there() throws IOException {
    Files.writeString(folder.resolve("b.txt"), "of b");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Checksum checksum(String text) {
    var digest = Checksum.digest();
    digest.update(bytes(text));
    return Checksum.of(digest);
  }

  private static Deposit deposit(String text) {
    return new Deposit(NAME, bytes(text).length, Optional.of(checksum(text)), false);
  }

  private static Deposit ifAbsent(String text) {
    return new Deposit(NAME, bytes(text).length, Optional.of(checksum(text)), true);
  }

  private FileEntry store(Deposit deposit, String text) {
    try (Upload upload = library.store(deposit)) {
      upload.write(ByteBuffer.wrap(bytes(text)));
      return upload.commit();
    }
  }

  private String read(FileName name) throws IOException {
    try (OpenFile file = library.open(name)) {
      ByteBuffer all = ByteBuffer.allocate((int) file.entry().size());
      file.channel().read(all, 0);
      return new String(all.array(), StandardCharsets.UTF_8);
    }
  }

  private static void refused(Code code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            LibraryException.class, thrown -> assertThat(thrown.code()).isEqualTo(code));
  }

  private List<String> names() {
    return library.list().stream().map(entry -> entry.name().text()).toList();
  }

  private List<Path> leftovers() throws IOException {
    Path passages = folder.resolve(Passages.FOLDER);
    if (!Files.exists(passages)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(passages)) {
      return files.toList();
    }
  }

  @Test
  void what_is_stored_is_listed_with_its_checksum_and_read_back() throws IOException {
    FileEntry stored = store(deposit("of a"), "of a");
    assertThat(stored.checksum()).contains(checksum("of a"));
    assertThat(library.list())
        .containsExactly(stored, library.stat(new FileName("b.txt")))
        .extracting(FileEntry::size)
        .containsExactly(4L, 4L);
    assertThat(library.stat(NAME)).isEqualTo(stored);
    assertThat(read(NAME)).isEqualTo("of a");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void only_regular_files_with_names_that_can_be_said_are_there() throws IOException {
    Files.createDirectory(folder.resolve("below"));
    Files.writeString(folder.resolve("below/c.txt"), "c");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("b.txt"));
    Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc/passwd"));
    Files.writeString(folder.resolve(".hidden"), "h");
    assertThat(names()).containsExactly("b.txt");
    for (String name : List.of("below", "link", "out", "c.txt")) {
      refused(Code.NOT_FOUND, () -> library.open(new FileName(name)));
      refused(Code.NOT_FOUND, () -> library.stat(new FileName(name)));
    }
    refused(Code.BAD_NAME, () -> library.open(new FileName("below/c.txt")));
  }

  @Test
  void a_recursive_library_has_folders_but_follows_no_link() throws IOException {
    Files.createDirectory(folder.resolve("below"));
    Files.writeString(folder.resolve("below/c.txt"), "c");
    Files.createSymbolicLink(folder.resolve("around"), folder.resolve("below"));
    library = FolderLibrary.open(folder, WRITABLE.withFolders());
    assertThat(names()).containsExactly("b.txt", "below/c.txt");
    assertThat(read(new FileName("below/c.txt"))).isEqualTo("c");
    refused(Code.NOT_FOUND, () -> library.open(new FileName("around/c.txt")));
    refused(Code.NOT_FOUND, () -> library.open(new FileName("b.txt/c.txt")));
    refused(
        Code.NOT_FOUND,
        () -> library.store(new Deposit(new FileName("around/d"), 0, Optional.empty(), false)));

    FileName deep = new FileName("x/y/z.txt");
    try (Upload upload = library.store(new Deposit(deep, 1, Optional.empty(), false))) {
      upload.write(ByteBuffer.wrap(bytes("z")));
      assertThat(folder.resolve("x")).doesNotExist();
      upload.commit();
    }
    assertThat(read(deep)).isEqualTo("z");
    refused(
        Code.EXISTS,
        () -> library.store(new Deposit(new FileName("x/y"), 0, Optional.empty(), false)));
  }

  @Test
  void a_reader_sees_the_old_file_or_the_new_one() throws IOException {
    store(deposit("old contents"), "old contents");
    try (OpenFile old = library.open(NAME)) {
      store(deposit("new"), "new");
      ByteBuffer all = ByteBuffer.allocate(20);
      old.channel().read(all, 0);
      assertThat(new String(all.array(), 0, all.position(), StandardCharsets.UTF_8))
          .isEqualTo("old contents");
    }
    assertThat(read(NAME)).isEqualTo("new");
  }

  @Test
  void nobody_sees_an_upload_before_it_is_whole() throws IOException {
    try (Upload upload = library.store(deposit("of a"))) {
      upload.write(ByteBuffer.wrap(bytes("of ")));
      assertThat(names()).containsExactly("b.txt");
      refused(Code.MISMATCH, upload::commit);
    }
    assertThat(names()).containsExactly("b.txt");
  }

  @Test
  void an_upload_that_was_cut_is_resumed_even_by_the_next_run() throws IOException {
    try (Upload upload = library.store(deposit("first second"))) {
      assertThat(upload.offset()).isZero();
      upload.write(ByteBuffer.wrap(bytes("first ")));
    }
    library = FolderLibrary.open(folder, WRITABLE);
    try (Upload upload = library.store(deposit("first second"))) {
      assertThat(upload.offset()).isEqualTo(6);
      upload.write(ByteBuffer.wrap(bytes("second")));
      assertThat(upload.commit().checksum()).contains(checksum("first second"));
    }
    assertThat(read(NAME)).isEqualTo("first second");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void only_the_same_upload_is_resumed() throws IOException {
    try (Upload upload = library.store(deposit("first second"))) {
      upload.write(ByteBuffer.wrap(bytes("first ")));
    }
    try (Upload other = library.store(deposit("other thing!"))) {
      assertThat(other.offset()).isZero();
    }
    Deposit elsewhere =
        new Deposit(new FileName("c"), 12, Optional.of(checksum("first second")), false);
    try (Upload other = library.store(elsewhere)) {
      assertThat(other.offset()).isZero();
    }
  }

  @Test
  void an_upload_without_a_checksum_leaves_nothing() throws IOException {
    try (Upload upload = library.store(new Deposit(NAME, 9, Optional.empty(), false))) {
      upload.write(ByteBuffer.wrap(bytes("first ")));
    }
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void what_is_not_what_was_announced_is_not_stored_and_not_kept() throws IOException {
    refused(Code.MISMATCH, () -> store(deposit("of a"), "of A"));
    refused(Code.MISMATCH, () -> store(deposit("of a"), "of a and more"));
    assertThat(names()).containsExactly("b.txt");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void two_that_store_one_name_at_once_both_succeed_and_the_last_wins() throws IOException {
    try (Upload one = library.store(deposit("one"));
        Upload same = library.store(deposit("one"));
        Upload two = library.store(deposit("two!"))) {
      assertThat(same.offset()).isZero();
      one.write(ByteBuffer.wrap(bytes("on")));
      two.write(ByteBuffer.wrap(bytes("two!")));
      same.write(ByteBuffer.wrap(bytes("one")));
      two.commit();
      assertThat(read(NAME)).isEqualTo("two!");
      same.commit();
      assertThat(read(NAME)).isEqualTo("one");
      one.write(ByteBuffer.wrap(bytes("e")));
      one.commit();
    }
    assertThat(read(NAME)).isEqualTo("one");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void a_file_that_must_stay_stays() throws IOException {
    try (Upload first = library.store(ifAbsent("one"));
        Upload second = library.store(ifAbsent("two"))) {
      first.write(ByteBuffer.wrap(bytes("one")));
      second.write(ByteBuffer.wrap(bytes("two")));
      first.commit();
      refused(Code.EXISTS, second::commit);
    }
    refused(Code.EXISTS, () -> library.store(ifAbsent("three")));
    assertThat(read(NAME)).isEqualTo("one");
  }

  @Test
  void of_many_that_may_store_only_if_nobody_has_one_does() throws Exception {
    List<Thread> writers = new ArrayList<>();
    AtomicInteger stored = new AtomicInteger();
    for (int i = 0; i < 16; i++) {
      String text = "writer " + i;
      writers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      store(ifAbsent(text), text);
                      stored.incrementAndGet();
                    } catch (LibraryException refusal) {
                      assertThat(refusal.code()).isEqualTo(Code.EXISTS);
                    }
                  }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(stored).hasValue(1);
    assertThat(read(NAME)).startsWith("writer ");
  }

  @Test
  void the_largest_file_is_as_large_as_may_be() {
    library = open(WRITABLE.withSizes(4, Long.MAX_VALUE, 0));
    store(deposit("four"), "four");
    store(new Deposit(NAME, Deposit.UNKNOWN, Optional.empty(), false), "four");
    refused(Code.TOO_LARGE, () -> library.store(deposit("fives")));
    refused(
        Code.TOO_LARGE,
        () -> store(new Deposit(NAME, Deposit.UNKNOWN, Optional.empty(), false), "fives"));
    assertThat(names()).containsExactly("a.txt", "b.txt");
  }

  @Test
  void all_files_together_stay_within_the_quota() throws IOException {
    library = open(WRITABLE.withSizes(100, 10, 0));
    store(deposit("six..."), "six...");
    Deposit more = new Deposit(new FileName("c"), 1, Optional.empty(), false);
    refused(Code.QUOTA, () -> library.store(more));
    Files.delete(folder.resolve("b.txt"));
    try (Upload _ = library.store(more)) {
      Deposit next = new Deposit(new FileName("d"), 4, Optional.empty(), false);
      refused(Code.QUOTA, () -> library.store(next));
    }
    library.delete(NAME);
    store(new Deposit(new FileName("d"), 10, Optional.empty(), false), "ten bytes.");
  }

  @Test
  void what_is_replaced_counts_until_it_is_replaced() {
    library = open(WRITABLE.withSizes(100, 13, 0));
    store(deposit("four"), "four");
    store(deposit("5...."), "5....".substring(0, 5));
    refused(Code.QUOTA, () -> library.store(deposit("ninebytes")));
  }

  @Test
  void so_much_stays_free_on_the_disk() {
    library = open(WRITABLE.withSizes(100, Long.MAX_VALUE, Long.MAX_VALUE / 2));
    refused(Code.NO_SPACE, () -> library.store(deposit("x")));
  }

  @Test
  void no_more_uploads_than_may_be_are_under_way() {
    FolderRules two = new FolderRules(true, false, 100, Long.MAX_VALUE, 0, 2, Duration.ofDays(1));
    library = open(two);
    try (Upload _ = library.store(deposit("one"))) {
      try (Upload _ = library.store(deposit("two"))) {
        refused(Code.BUSY, () -> library.store(deposit("three")));
      }
      library.store(deposit("three")).close();
    }
  }

  @Test
  void a_library_that_takes_no_files_takes_none() {
    library = open(FolderRules.USUAL);
    assertThat(library.writable()).isFalse();
    refused(Code.READ_ONLY, () -> library.store(deposit("x")));
    refused(Code.READ_ONLY, () -> library.delete(new FileName("b.txt")));
  }

  @Test
  void the_next_run_cleans_up_but_takes_nothing_that_is_in_use() throws IOException {
    Path passages = Files.createDirectory(folder.resolve(Passages.FOLDER));
    Path once = Files.writeString(passages.resolve("once-1"), "x");
    Path old = Files.writeString(passages.resolve("part-1"), "x");
    Path young = Files.writeString(passages.resolve("part-2"), "x");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    try (Upload upload = library.store(new Deposit(NAME, 3, Optional.empty(), false))) {
      upload.write(ByteBuffer.wrap(bytes("ab")));
      FolderLibrary.open(folder, WRITABLE);
      upload.write(ByteBuffer.wrap(bytes("c")));
      upload.commit();
    }
    assertThat(read(NAME)).isEqualTo("abc");
    assertThat(once).doesNotExist();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void a_checksum_that_is_not_known_is_worked_out_and_kept() throws IOException {
    FileName name = new FileName("b.txt");
    assertThat(library.stat(name).checksum()).isEmpty();
    try (OpenFile file = library.open(name)) {
      assertThat(library.checksum(file)).isEqualTo(checksum("of b"));
    }
    assertThat(library.stat(name).checksum()).contains(checksum("of b"));
    Files.writeString(folder.resolve("b.txt"), "of b, changed");
    assertThat(library.stat(name).checksum()).isEmpty();
  }

  @Test
  void what_is_not_there_is_not_found() {
    refused(Code.NOT_FOUND, () -> library.stat(NAME));
    refused(Code.NOT_FOUND, () -> library.open(NAME));
    refused(Code.NOT_FOUND, () -> library.delete(NAME));
    assertThatThrownBy(() -> FolderLibrary.open(folder.resolve("b.txt"), WRITABLE))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void a_folder_that_has_gone_is_told_and_not_made_again() throws IOException {
    Files.delete(folder.resolve("b.txt"));
    Files.delete(folder);
    refused(Code.BROKEN, () -> library.list());
    refused(Code.BROKEN, () -> library.open(NAME));
    refused(Code.BROKEN, () -> library.store(deposit("x")));
    assertThat(folder).doesNotExist();
    Files.createDirectory(folder);
  }

  private FolderLibrary open(FolderRules rules) {
    try {
      return FolderLibrary.open(folder, rules);
    } catch (IOException thrown) {
      throw new java.io.UncheckedIOException(thrown);
    }
  }
}
