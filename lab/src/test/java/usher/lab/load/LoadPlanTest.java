package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Address;

final class LoadPlanTest {
  private static final Plans GOOD = Plans.to(Address.tcp(80));

  private static void refused(UnaryOperator<Plans> change) {
    assertThatThrownBy(() -> change.apply(GOOD))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void plans_that_make_no_sense_are_refused() {
    refused(plan -> plan.shapes());
    refused(plan -> plan.even(0));
    refused(plan -> plan.even(Double.NaN));
    refused(plan -> plan.even(1.1e7));
    refused(plan -> plan.connections(0));
    refused(plan -> plan.pipeline(0));
    refused(plan -> plan.pipeline(1_025));
    refused(plan -> plan.pipeline(2).wire(Wire.CONNECTION_EACH));
    refused(plan -> plan.idle(-1));
    refused(plan -> plan.idle(1).wire(Wire.DATAGRAM));
    refused(plan -> plan.seconds(0));
    refused(plan -> plan.warm(-1));
    refused(plan -> plan.patience(0));
    refused(plan -> plan.patience(601));
  }

  @Test
  void plans_at_the_limits_are_plans() {
    assertThat(GOOD.closed().even(0).pipeline(1_024).idle(0).patience(600).plan().rate()).isZero();
    assertThat(GOOD.even(1e7).pipeline(1).connections(1).plan().connections()).isEqualTo(1);
  }

  @Test
  void plans_and_reports_cross_a_border_as_lines() throws Exception {
    Messages messages = new Messages();
    LoadPlan plan = GOOD.poisson(7.5).plan();
    assertThat(messages.line(plan)).doesNotContain("\n");
    assertThat(messages.plan(messages.line(plan))).isEqualTo(plan);

    LoadReport report = Plans.to(Address.tcp(1)).patience(0.1).seconds(0.1).run();
    Messages.Word done = new Messages.Word.Done(report);
    assertThat(messages.word(messages.line(done))).isEqualTo(done);
    Messages.Word failed = new Messages.Word.Failed("no\nmore");
    assertThat(messages.line(failed)).doesNotContain("\n");
    assertThat(messages.word(messages.line(failed))).isEqualTo(failed);
  }
}
