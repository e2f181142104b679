package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.testkit.Leaks;

/// What happens when the disk changes between the look and the opening.
final class FolderTest {
  @TempDir Path top;
  private Path site;
  private Folder folder;

  @BeforeEach
  void folder() throws IOException {
    site = top.resolve("site");
    Files.createDirectories(site.resolve("a/b"));
    Files.writeString(site.resolve("a/b/f.txt"), "inside");
    Files.createDirectories(top.resolve("outside/b"));
    Files.writeString(top.resolve("outside/b/f.txt"), "secret");
    Files.writeString(top.resolve("outside/f.txt"), "secret");
    folder = new Folder(site, false);
  }

  private Folder.Node found() throws IOException {
    return Objects.requireNonNull(folder.find("a/b/f.txt"));
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var inner = Files.list(path)) {
        for (Path each : inner.toList()) {
          delete(each);
        }
      }
    }
    Files.delete(path);
  }

  @Test
  void a_file_that_stays_is_opened() throws IOException {
    Folder.Opened opened = Objects.requireNonNull(folder.open(found().real()));
    try (var channel = opened.channel()) {
      assertThat(channel.size()).isEqualTo(6);
      assertThat(opened.attributes().size()).isEqualTo(6);
    }
  }

  @Test
  void a_folder_that_is_swapped_for_a_link_is_not_walked_through() throws IOException {
    for (String swapped : new String[] {"a", "a/b"}) {
      folder();
      Path real = found().real();
      Path aside = Files.move(site.resolve(swapped), top.resolve("aside"));
      String target = swapped.equals("a") ? "outside" : "outside/b";
      Files.createSymbolicLink(site.resolve(swapped), top.resolve(target));
      assertThat(Files.readString(real)).isEqualTo("secret");
      assertThat(folder.open(real)).as(swapped).isNull();
      assertThatThrownBy(() -> folder.list(Objects.requireNonNull(real.getParent()), 10))
          .isInstanceOf(IOException.class);
      delete(aside);
      Files.delete(site.resolve(swapped));
    }
  }

  @Test
  void a_file_that_is_swapped_for_a_link_or_a_folder_is_not_opened() throws IOException {
    Path real = found().real();
    Files.delete(real);
    assertThat(folder.open(real)).isNull();
    Files.createSymbolicLink(real, top.resolve("outside/f.txt"));
    assertThat(folder.open(real)).isNull();
    Files.delete(real);
    Files.createDirectory(real);
    assertThat(folder.open(real)).isNull();
    delete(site.resolve("a"));
    Files.writeString(site.resolve("a"), "file");
    assertThat(folder.open(real)).isNull();
  }

  @Test
  void nothing_stays_open() throws IOException {
    found();
    Leaks before = Leaks.now("usher-");
    for (int i = 0; i < 10; i++) {
      Path real = found().real();
      Objects.requireNonNull(folder.open(real)).channel().close();
      assertThat(folder.list(site, 10)).hasSize(1);
      assertThat(folder.open(site.resolve("a/none"))).isNull();
      assertThat(folder.open(site.resolve("none/none"))).isNull();
    }
    before.awaitNone(java.time.Duration.ofSeconds(10));
  }

  @Test
  void only_what_can_be_asked_for_is_listed() throws IOException {
    Path a = site.resolve("a");
    Files.writeString(a.resolve(".hidden"), "x");
    Files.writeString(a.resolve("back\\slash"), "x");
    Files.createSymbolicLink(a.resolve("out"), top.resolve("outside"));
    Files.createSymbolicLink(a.resolve("in"), Path.of("b/f.txt"));
    Files.createSymbolicLink(a.resolve("dangling"), Path.of("none"));
    assertThat(folder.list(a.toRealPath(), 100))
        .extracting(Folder.Entry::name)
        .containsExactlyInAnyOrder("b", "in");
    assertThat(new Folder(site, true).list(a.toRealPath(), 100))
        .extracting(Folder.Entry::name)
        .containsExactlyInAnyOrder("b", "in", ".hidden");
    assertThat(folder.list(a.toRealPath(), 1)).hasSize(1);
  }

  @Test
  void a_name_that_is_not_utf_8_cannot_be_asked_for_and_is_not_listed() throws Exception {
    String command = "touch \"$(printf 'caf\\351')\" caf";
    Process touch = new ProcessBuilder("sh", "-c", command).directory(site.toFile()).start();
    assertThat(touch.waitFor()).isZero();
    try (var all = Files.list(site)) {
      assertThat(all).hasSize(3);
    }
    assertThat(folder.list(site, 10))
        .extracting(Folder.Entry::name)
        .containsExactlyInAnyOrder("a", "caf");
  }

  @Test
  void the_root_itself_may_be_reached_by_a_link() throws IOException {
    Path link = Files.createSymbolicLink(top.resolve("link"), site);
    Folder through = new Folder(link, false);
    assertThat(through.root()).isEqualTo(site.toRealPath());
    assertThat(through.find("a/b/f.txt")).isNotNull();
  }
}
