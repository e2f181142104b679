package usher.bench.datagrams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import usher.bench.measure.MeasurementException;

final class LoadReportTest {
  @Test
  void reads_what_a_load_says() throws MeasurementException {
    LoadReport report = LoadReport.parse("sent 3000 echoed 2990 lost 9 wrong 1 seconds 2.000\n");

    assertThat(report).isEqualTo(new LoadReport(3000, 2990, 9, 1, 2.0));
    assertThat(report.rate()).isEqualTo(1495);
  }

  @Test
  void refuses_anything_else() {
    assertThatThrownBy(() -> LoadReport.parse("send: Connection refused"))
        .isInstanceOf(MeasurementException.class)
        .hasMessageContaining("Connection refused");
  }
}
