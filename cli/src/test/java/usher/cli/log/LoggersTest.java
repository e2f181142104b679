package usher.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.ListResourceBundle;
import org.junit.jupiter.api.Test;

final class LoggersTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Logger logger(Level least) {
    return new Lines(
        "usher",
        () -> least,
        new PrintStream(written, false, StandardCharsets.UTF_8),
        () -> LocalTime.of(7, 3, 9, 123_456_789));
  }

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void record_is_a_line_with_its_time_and_level() {
    logger(Level.INFO).log(Level.WARNING, "cannot accept: {0}", "no descriptors");
    assertThat(written()).isEqualTo("07:03:09 WARNING cannot accept: no descriptors\n");
  }

  @Test
  void message_without_parameters_keeps_its_braces_and_quotes() {
    logger(Level.INFO).log(Level.INFO, "it's {0}");
    assertThat(written()).isEqualTo("07:03:09 INFO it's {0}\n");
  }

  @Test
  void malformed_format_is_written_as_it_is() {
    logger(Level.INFO).log(Level.INFO, "{oops}", 1);
    assertThat(written()).isEqualTo("07:03:09 INFO {oops}\n");
  }

  @Test
  void thrown_follows_with_its_trace() {
    logger(Level.INFO).log(Level.ERROR, "it failed", new IllegalStateException("why"));
    assertThat(written())
        .startsWith("07:03:09 ERROR it failed\njava.lang.IllegalStateException: why\n\tat usher.");
  }

  @Test
  void lesser_levels_are_not_written() {
    logger(Level.WARNING).log(Level.INFO, "small talk");
    logger(Level.WARNING).log(Level.INFO, "small talk {0}", 1);
    logger(Level.OFF).log(Level.ERROR, "trouble");
    assertThat(written()).isEmpty();
    assertThat(logger(Level.INFO).isLoggable(Level.INFO)).isTrue();
    assertThat(logger(Level.INFO).isLoggable(Level.DEBUG)).isFalse();
    assertThat(logger(Level.ALL).isLoggable(Level.OFF)).isFalse();
  }

  @Test
  void bundle_translates_what_it_knows() {
    ListResourceBundle bundle =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"key", "known"}};
          }
        };
    logger(Level.INFO).log(Level.INFO, bundle, "key", (Throwable) null);
    logger(Level.INFO).log(Level.INFO, bundle, "other", (Throwable) null);
    assertThat(written()).isEqualTo("07:03:09 INFO known\n07:03:09 INFO other\n");
  }

  @Test
  void the_jdk_finds_it() {
    Logger logger = System.getLogger("usher.anything");
    assertThat(logger.isLoggable(Level.INFO)).isTrue();
    assertThat(logger.isLoggable(Level.DEBUG)).isFalse();
    assertThat(System.getLogger("other").isLoggable(Level.INFO)).isFalse();
    assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(Loggers.class);
  }

  @Test
  void level_is_named_by_the_environment() {
    assertThat(Loggers.named("debug")).contains(Level.DEBUG);
    assertThat(Loggers.named("OFF")).contains(Level.OFF);
    assertThat(Loggers.named("loud")).isEmpty();
    assertThat(Loggers.named(null)).isEmpty();
    assertThat(Loggers.names()).contains("debug", "info", "off");
  }

  @Test
  void level_changes_while_it_runs() {
    Loggers loggers = new Loggers();
    Logger logger = loggers.getLogger("usher", LoggersTest.class.getModule());
    Logger other = loggers.getLogger("jdk.event", LoggersTest.class.getModule());
    loggers.level(Level.ERROR);
    assertThat(logger.isLoggable(Level.WARNING)).isFalse();
    assertThat(other.isLoggable(Level.WARNING)).isTrue();
    loggers.level(Level.DEBUG);
    assertThat(logger.isLoggable(Level.DEBUG)).isTrue();
    assertThat(other.isLoggable(Level.INFO)).isFalse();
  }
}
