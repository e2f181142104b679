package usher.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrkReportTest {
  private static final String GOOD =
      """
      Running 5s test @ http://127.0.0.1:7001/hello
        1 threads and 64 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency   398.73us  149.36us   5.48ms   85.31%
          Req/Sec   158.57k     9.02k  181.42k    72.55%
        Latency Distribution
           50%  371.00us
           75%  441.00us
           90%  553.00us
           99%    1.25ms
        805038 requests in 5.10s, 72.17MB read
      Requests/sec: 157853.66
      Transfer/sec:     14.15MB
      """;

  @Test
  void reads_requests_rate_and_percentiles() {
    WrkReport report = WrkReport.parse(GOOD);
    assertThat(report.requests()).isEqualTo(805_038);
    assertThat(report.rate()).isEqualTo(157_853.66);
    assertThat(report.p50Micros()).isEqualTo(371);
    assertThat(report.p99Micros()).isEqualTo(1250);
    assertThat(report.complaints()).isEmpty();
  }

  @Test
  void knows_seconds_too() {
    assertThat(WrkReport.parse(GOOD.replace("1.25ms", "1.50s")).p99Micros()).isEqualTo(1.5e6);
  }

  @Test
  void keeps_complaints() {
    String bad =
        GOOD.replace(
            "Requests/sec",
            "  Socket errors: connect 0, read 3, write 0, timeout 0\n"
                + "  Non-2xx or 3xx responses: 7\nRequests/sec");
    assertThat(WrkReport.parse(bad).complaints())
        .containsExactly(
            "Socket errors: connect 0, read 3, write 0, timeout 0", "Non-2xx or 3xx responses: 7");
  }

  @Test
  void percentiles_may_be_missing_but_not_the_count_or_the_rate() {
    String none =
        GOOD.lines().filter(line -> !line.contains("%")).reduce("", (a, b) -> a + b + "\n");
    assertThat(WrkReport.parse(none).p50Micros()).isNaN();
    assertThatThrownBy(() -> WrkReport.parse(GOOD.replace("Requests/sec", "")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WrkReport.parse("unable to connect to 127.0.0.1:1 Connection refused"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unable to connect");
  }
}
