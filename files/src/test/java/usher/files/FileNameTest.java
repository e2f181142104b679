package usher.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.drive.Trials;

final class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.txt",
        "two words",
        "a/b/c",
        "%2e%2e",
        "käse",
        "日本",
        "a:b",
        "con1",
        "null",
        "COM",
        "COM10",
        "-rf",
        "~",
        "a..b"
      })
  void a_usual_name_stays_as_it_is(String text) {
    assertThat(new FileName(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/..",
        ".hidden",
        "a/.b",
        "a.",
        "a ",
        "a./b",
        "a\\b",
        "..\\a",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        "\ud800",
        "CON",
        "con.txt",
        "nul",
        "LPT1",
        "lpt9.log",
        "a/PRN/b",
        "COM¹",
        "aux .x"
      })
  void what_could_lead_elsewhere_is_no_name(String text) {
    assertThatThrownBy(() -> new FileName(text))
        .isInstanceOfSatisfying(
            LibraryException.class,
            thrown -> assertThat(thrown.code()).isEqualTo(LibraryException.Code.BAD_NAME));
  }

  @Test
  void what_looks_the_same_is_the_same_name() {
    assertThat(new FileName("ka\u0308se")).isEqualTo(new FileName("k\u00e4se"));
  }

  @Test
  void a_part_has_255_bytes_and_a_name_1024() {
    String most = "ä".repeat(127) + "x";
    assertThat(new FileName("x".repeat(255)).text()).hasSize(255);
    assertThat(new FileName(most).text()).isEqualTo(most);
    assertThatThrownBy(() -> new FileName("x".repeat(256))).hasMessageContaining("255 bytes");
    assertThatThrownBy(() -> new FileName("ä".repeat(128))).hasMessageContaining("255 bytes");
    String part = "x".repeat(255) + "/";
    assertThat(new FileName(part.repeat(3) + "x".repeat(255)).segments()).hasSize(4);
    assertThat(new FileName(part.repeat(3) + "x".repeat(254) + "/y").text()).hasSize(1024);
    assertThatThrownBy(() -> new FileName(part.repeat(4) + "y")).hasMessageContaining("1024 bytes");
  }

  @Test
  void whatever_is_a_name_stays_below_the_folder() {
    Path root = Path.of("/library");
    Trials.run(
        20_000,
        dice -> {
          String text = dice.text("./\\ab \0ä:\u0308%2e", 0, 12);
          try {
            Path path = root.resolve(new FileName(text).text());
            assertThat(path.normalize()).isEqualTo(path);
            assertThat(path.startsWith(root)).isTrue();
            assertThat(path).isNotEqualTo(root);
          } catch (LibraryException refused) {
            assertThat(refused.code()).isEqualTo(LibraryException.Code.BAD_NAME);
          }
        });
  }
}
