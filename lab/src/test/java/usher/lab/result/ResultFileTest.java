package usher.lab.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.lab.fixture.Synthetic;

final class ResultFileTest {
  @TempDir Path folder;

  @Test
  void what_was_written_is_read_again_whole() throws IOException {
    LabResult result = sample();
    Path file = folder.resolve("result.json");
    ResultFile.write(result, file);
    assertThat(ResultFile.read(file)).isEqualTo(result);
  }

  @Test
  void the_same_result_gives_the_same_bytes_whatever_the_order_of_its_maps() {
    LabResult one =
        new Synthetic().workload("hello", 1, "a", "1", "b", "2", "c", "3", "d", "4").result();
    LabResult other =
        new Synthetic().workload("hello", 1, "d", "4", "c", "3", "b", "2", "a", "1").result();
    assertThat(ResultFile.json(one)).isEqualTo(ResultFile.json(other)).contains("\"a\" : \"1\"");
  }

  @Test
  void a_file_of_another_version_is_refused_by_its_name_and_both_versions() throws IOException {
    Path file = folder.resolve("old.json");
    Files.writeString(file, "{\"format\": 2, \"what\": \"ever\"}");
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": a result of format version 2, but this version of usher reads 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | it has no format version",
        "[] | it has no format version",
        "{\"format\": \"1\"} | it has no format version",
        "{\"format\": 1.5} | it has no format version",
        "{\"format\": 99999999999999999999} | 99999999999999999999",
        "{\"format\": 1} | not a result of format version 1",
        "{\"format\": 1 | not JSON",
        "'' | it has no format version",
      })
  void what_is_no_result_is_refused_with_a_reason(String text, String reason) throws IOException {
    Path file = folder.resolve("strange.json");
    Files.writeString(file, text);
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void a_field_that_is_not_known_is_refused_where_it_stands() {
    String more = ResultFile.json(sample()).replaceFirst("\"median\"", "\"mean\" : 1, \"median\"");
    assertThatThrownBy(() -> ResultFile.parse(more))
        .hasMessageContaining("mean")
        .hasMessageContaining("figures");
  }

  @Test
  void a_field_that_is_missing_or_null_is_refused() {
    String json = ResultFile.json(sample());
    assertThatThrownBy(() -> ResultFile.parse(json.replace("\"seed\" : 42,", "")))
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> ResultFile.parse(json.replace("\"seed\" : 42,", "\"seed\" : null,")))
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> ResultFile.parse(json.replace("\"processor\"", "\"prozessor\"")))
        .hasMessageContaining("processor");
    assertThatThrownBy(() -> ResultFile.parse(json + "x")).hasMessageContaining("not JSON");
  }

  @Test
  void an_estimate_that_is_none_is_refused() {
    String json = ResultFile.json(sample()).replaceFirst("\"low\" : [0-9.]+", "\"low\" : 1e9");
    assertThatThrownBy(() -> ResultFile.parse(json)).hasMessageContaining("not an estimate");
  }

  @Test
  void a_metric_and_a_curve_of_a_later_version_are_left_out() {
    LabResult result = sample();
    String json =
        ResultFile.json(result)
            .replace("\"THREADS\"", "\"LIGHT_YEARS\"")
            .replace("\"PERCENTILES\"", "\"PERMILLES\"");
    Cell cell = ResultFile.parse(json).cell("event-loop", "hello").orElseThrow();
    assertThat(cell.figures()).containsOnlyKeys(Metric.CAPACITY);
    assertThat(cell.curves()).isEmpty();
  }

  @Test
  void the_table_for_spreadsheets_quotes_what_needs_it_and_has_plain_numbers() {
    LabResult result =
        new Synthetic()
            .figure("hello", "odd, \"name\"", Metric.CAPACITY, new Estimate(1.25e7, 1e7, 2e7, 3))
            .figure("hello", "event-loop", Metric.CPU, Estimate.of(0.00001))
            .result();
    assertThat(ResultCsv.of(result))
        .isEqualTo(
            """
            workload,subject,metric,unit,median,low,high,repeats\r
            hello,"odd, ""name\""",CAPACITY,requests/s,12500000,10000000,20000000,3\r
            hello,event-loop,CPU,µs,0.00001,0.00001,0.00001,1\r
            """);
  }

  private static LabResult sample() {
    return new Synthetic()
        .workload("hello", 2000, "connections", "64")
        .figure("hello", "event-loop", Metric.CAPACITY, 20_000)
        .figure("hello", "event-loop", Metric.THREADS, 3)
        .curve("hello", "event-loop", Curve.Kind.PERCENTILES, 0.5, 1, 0.99, 4.5)
        .remark("hello", "event-loop", "said „so“")
        .remark("noisy")
        .warning("late")
        .result();
  }
}
