package usher.lab.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Contrast by WCAG 2.2: 4.5 for text (AA), 3 for lines and markers.
final class ColourTest {
  private static final Pattern VARIABLE = Pattern.compile("--(\\w+): (#\\p{XDigit}{6});");

  @Test
  void text_can_be_read_in_light_and_in_dark() throws IOException {
    for (Map<String, String> theme : themes()) {
      for (String text : List.of("k4", "soft", "accent", "good", "bad")) {
        assertThat(contrast(theme, text, "page")).as(text + " of " + theme).isGreaterThan(4.5);
        assertThat(contrast(theme, text, "card")).as(text + " on card").isGreaterThan(4.5);
      }
      assertThat(contrast(theme, "k4", "best")).isGreaterThan(4.5);
      assertThat(contrast(theme, "soft", "best")).isGreaterThan(4.5);
    }
  }

  @Test
  void lines_of_plots_can_be_seen_in_light_and_in_dark() throws IOException {
    for (Map<String, String> theme : themes()) {
      for (int slot = 10; slot < 19; slot++) {
        assertThat(contrast(theme, "k" + slot, "page")).as("k" + slot).isGreaterThan(3);
      }
    }
  }

  @Test
  void no_two_of_many_subjects_look_the_same() {
    List<String> subjects = List.of("a", "b", "c", "d", "event-loop", "prefork(2, event-loop)");
    Set<Object> looks = new HashSet<>();
    for (String subject : subjects) {
      Style style = Style.of(subject, subjects);
      looks.add(List.of(style.color(), style.stroke(), style.slot() % 5));
    }
    assertThat(looks).hasSize(subjects.size());
    for (int slot = 0; slot < 9; slot++) {
      Style one = new Style(slot);
      for (int other = slot + 1; other < 9; other++) {
        Style two = new Style(other);
        assertThat(one.color()).isNotEqualTo(two.color());
        assertThat(List.of(one.stroke(), slot % 5)).isNotEqualTo(List.of(two.stroke(), other % 5));
      }
    }
  }

  private static List<Map<String, String>> themes() throws IOException {
    String sheet;
    try (InputStream in =
        Objects.requireNonNull(ColourTest.class.getResourceAsStream("report.css"))) {
      sheet = new String(in.readAllBytes(), UTF_8);
    }
    int dark = sheet.indexOf("prefers-color-scheme: dark");
    return List.of(
        variables(sheet.substring(0, dark)),
        variables(sheet.substring(dark, sheet.indexOf("box-sizing"))));
  }

  private static Map<String, String> variables(String part) {
    Map<String, String> variables = new HashMap<>();
    VARIABLE.matcher(part).results().forEach(m -> variables.put(m.group(1), m.group(2)));
    return variables;
  }

  private static double contrast(Map<String, String> theme, String front, String back) {
    double one = luminance(Objects.requireNonNull(theme.get(front), front));
    double other = luminance(Objects.requireNonNull(theme.get(back), back));
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double share = (channel & 0xff) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
