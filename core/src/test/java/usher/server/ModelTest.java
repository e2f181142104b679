package usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.session.Capability;
import usher.session.Limits;

final class ModelTest {
  @Test
  void every_model_is_found_by_its_name_and_says_what_it_does() {
    List<Model> all = Model.all();

    assertThat(all.stream().map(Model::name))
        .containsExactly(
            "iterative",
            "thread-per-connection",
            "thread-pool",
            "virtual-threads",
            "event-loop",
            "event-loops",
            "event-loop-workers",
            "prefork",
            "process-per-connection");
    for (Model model : all) {
      assertThat(Model.named(model.name())).contains(model);
      assertThat(model.summary()).isNotBlank();
      assertThat(model.capabilities().contains(Capability.SHARED_MEMORY))
          .isEqualTo(Model.inProcess().contains(model));
      assertThat(Model.named(model.text())).contains(model);
    }
    assertThat(new HashSet<>(all)).hasSize(all.size());
    assertThat(Model.named("event-lop")).isEmpty();
  }

  @Test
  void the_size_is_chosen_where_there_is_one() {
    for (Model model : Model.all()) {
      if (model.size().isPresent()) {
        assertThat(model.withThreads(3).size()).hasValue(3);
        assertThat(model.withThreads(1).size()).hasValue(1);
        assertThat(model.withThreads(3).name()).isEqualTo(model.name());
        assertThatIllegalArgumentException().isThrownBy(() -> model.withThreads(0));
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> model.withThreads(3))
            .withMessageStartingWith(model.name());
      }
    }
  }

  @Test
  void only_threads_of_their_own_let_handlers_block_alone() {
    assertThat(
            Model.all().stream()
                .filter(model -> model.capabilities().contains(Capability.BLOCKING_ALONE))
                .map(Model::name))
        .containsExactly(
            "thread-per-connection",
            "thread-pool",
            "virtual-threads",
            "event-loop-workers",
            "process-per-connection");
  }

  @Test
  void prefork_names_its_processes_and_the_model_inside() {
    Model.Prefork four = new Model.Prefork(4, new Model.Iterative());

    assertThat(four.text()).isEqualTo("prefork(4, iterative)");
    assertThat(Model.named("prefork(4, iterative)")).contains(four);
    assertThat(Model.named("prefork(4,iterative)")).contains(four);
    assertThat(four.capabilities()).containsExactly(Capability.CONCURRENT_CLIENTS);
    assertThat(four.withThreads(1).capabilities()).isEmpty();
    for (String wrong :
        List.of(
            "prefork()",
            "prefork(0, iterative)",
            "prefork(0)",
            "prefork(4, no-model)",
            "prefork(99999, iterative)",
            "prefork(4, prefork)",
            "prefork(4, process-per-connection)")) {
      assertThat(Model.named(wrong)).as(wrong).isEmpty();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model.Prefork(2, four))
        .withMessageContaining("in one process");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model.Prefork(0, new Model.Iterative()));
  }

  @Test
  void a_number_behind_the_name_is_read_and_written() {
    for (String text :
        List.of(
            "thread-pool(7)",
            "event-loops(31)",
            "event-loop-workers(9)",
            "prefork(4, thread-pool(7))",
            "prefork(3, event-loop)")) {
      assertThat(Model.named(text).map(Model::text)).as(text).contains(text);
    }
    assertThat(Model.all()).allSatisfy(m -> assertThat(Model.named(m.text())).contains(m));
    assertThat(new Model.ThreadPool(200).text()).isEqualTo("thread-pool");
    assertThat(Model.named("prefork(4)")).contains(new Model.Prefork(4, new Model.EventLoop()));
    for (String wrong : List.of("event-loop(2)", "thread-pool(0)", "thread-pool(-1)", "x(1)")) {
      assertThat(Model.named(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void spare_processes_have_a_least_and_a_most_number() {
    assertThat(new Model.ProcessPerConnection(0, 1).minSpare()).isZero();
    assertThat(new Model.ProcessPerConnection(3, 3).maxSpare()).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> new Model.ProcessPerConnection(-1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Model.ProcessPerConnection(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Model.ProcessPerConnection(0, 0));
  }

  @Test
  void processes_share_the_limit_of_connections() {
    Limits ten = Limits.DEFAULT.withConnections(10);

    assertThat(new Model.Prefork(4, new Model.EventLoop()).share(ten).connections()).isEqualTo(3);
    assertThat(new Model.ProcessPerConnection(1, 2).share(ten).connections()).isOne();
    assertThat(new Model.EventLoop().share(ten)).isEqualTo(ten);
  }
}
