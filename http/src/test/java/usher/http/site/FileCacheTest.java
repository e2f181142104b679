package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.testkit.ManualClock;

/// The bounds of the cache at, below and above, and what it does with what it lets go of.
final class FileCacheTest {
  @TempDir Path folder;
  private final ManualClock time = ManualClock.ofRfc();

  private FileCache cache(int entries, long bytes, int files) {
    return new FileCache(
        new CacheLimits(entries, bytes, files, 1 << 20, Duration.ofSeconds(1)), time);
  }

  private static Representation representation(Content content) {
    return new Representation(
        "text/plain",
        Encoding.IDENTITY,
        false,
        new Validators(new EntityTag(false, "x"), Instant.EPOCH, true),
        content,
        new Representation.Policy(null));
  }

  private static Found found(String name) {
    return new Found(new Stamp(Path.of(name), 1, FileTime.fromMillis(0), name), null, null);
  }

  private static Resource memory(String name, int size) {
    Content content = new Content.Memory(ByteBuffer.allocate(size));
    return new Resource(
        found(name), true, Map.of(Encoding.IDENTITY, representation(content)), List.of());
  }

  private Resource open(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, name);
    }
    var shared = new SharedFile(FileChannel.open(file));
    Stamp stamp = Stamp.of(file, Folder.attributes(file));
    return new Resource(
        new Found(stamp, null, null),
        true,
        Map.of(Encoding.IDENTITY, representation(new Content.OnDisk(shared, stamp.size()))),
        List.of(new Resource.OpenFile(stamp, shared)));
  }

  private static boolean isOpen(Resource resource) {
    var content = (Content.OnDisk) resource.choose(null, false).content();
    return content.file().channel().isOpen();
  }

  @Test
  void the_number_of_entries_is_bounded() {
    FileCache cache = cache(3, 1_000, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(cache.put("/" + i, memory("/" + i, 10), time.getAsLong())).isTrue();
    }
    assertThat(cache.entries()).isEqualTo(3);
    cache.put("/3", memory("/3", 10), time.getAsLong());
    assertThat(cache.entries()).isEqualTo(3);
    assertThat(cache.current("/0")).isNull();
    assertThat(cache.current("/3")).isNotNull();
  }

  @Test
  void the_bytes_are_bounded_and_what_is_larger_is_not_taken() {
    FileCache cache = cache(100, 1_000, 0);
    assertThat(cache.put("/a", memory("/a", 1_000), time.getAsLong())).isTrue();
    assertThat(cache.current("/a")).isNotNull();
    assertThat(cache.put("/b", memory("/b", 1_001), time.getAsLong())).isFalse();
    assertThat(cache.current("/a")).isNotNull();
    assertThat(cache.put("/c", memory("/c", 1), time.getAsLong())).isTrue();
    assertThat(cache.current("/a")).isNull();
    assertThat(cache.current("/c")).isNotNull();
    assertThat(cache.put("/d", memory("/d", 999), time.getAsLong())).isTrue();
    assertThat(cache.current("/c")).isNotNull();
  }

  @Test
  void open_files_are_bounded_and_closed_when_they_leave() throws IOException {
    FileCache cache = cache(100, 1_000, 2);
    var resources = new ArrayList<Resource>();
    for (int i = 0; i < 3; i++) {
      resources.add(open("f" + i));
      assertThat(cache.put("/" + i, resources.get(i), time.getAsLong())).isTrue();
    }
    assertThat(isOpen(resources.get(0))).isFalse();
    assertThat(isOpen(resources.get(1))).isTrue();
    assertThat(isOpen(resources.get(2))).isTrue();
    cache.close();
    assertThat(isOpen(resources.get(1))).isFalse();
    assertThat(isOpen(resources.get(2))).isFalse();
    assertThat(cache.put("/late", memory("/late", 1), time.getAsLong())).isFalse();
    Resource none = open("f9");
    assertThat(cache(100, 1_000, 0).put("/f9", none, time.getAsLong())).isFalse();
    assertThat(isOpen(none)).isTrue();
    none.close();
  }

  @Test
  void what_was_used_since_the_hand_last_came_by_stays() {
    FileCache cache = cache(3, 1_000, 0);
    for (String name : List.of("/a", "/b", "/c", "/d")) {
      cache.put(name, memory(name, 1), time.getAsLong());
    }
    // The hand has cleared all marks and taken /a. Now /b is used, /c is not.
    assertThat(cache.current("/b")).isNotNull();
    cache.put("/e", memory("/e", 1), time.getAsLong());
    assertThat(cache.current("/b")).isNotNull();
    assertThat(cache.current("/c")).isNull();
  }

  @Test
  void a_path_has_one_place_and_the_former_one_is_given_up() throws IOException {
    FileCache cache = cache(100, 1_000, 2);
    Resource former = open("f");
    cache.put("/f", former, time.getAsLong());
    for (int i = 0; i < 10; i++) {
      assertThat(cache.put("/f", memory("/f", 600), time.getAsLong())).isTrue();
    }
    assertThat(isOpen(former)).isFalse();
    assertThat(cache.entries()).isEqualTo(1);
    cache.drop("/f");
    cache.drop("/f");
    assertThat(cache.entries()).isZero();
    assertThat(cache.put("/g", memory("/g", 1_000), time.getAsLong())).isTrue();
    assertThat(cache.entries()).isEqualTo(1);
  }

  @Test
  void a_resource_is_confirmed_only_by_what_it_was_made_of() {
    FileCache cache = cache(100, 1_000, 2);
    cache.put("/f", memory("f", 1), time.getAsLong());
    time.advance(Duration.ofSeconds(1));
    assertThat(cache.current("/f")).isNull();
    assertThat(cache.confirm("/f", found("g"), time.getAsLong())).isNull();
    assertThat(cache.current("/f")).isNull();
    assertThat(cache.confirm("/f", found("f"), time.getAsLong())).isNotNull();
    assertThat(cache.current("/f")).isNotNull();
    assertThat(cache.confirm("/none", found("f"), time.getAsLong())).isNull();
  }
}
