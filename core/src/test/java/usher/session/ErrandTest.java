package usher.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ErrandTest {
  private final List<@Nullable Object> cleared = new ArrayList<>();

  private Errand errand(Step.Task task) {
    return new Errand(task, cleared::add);
  }

  private static CompletionStage<?> stage(Errand errand) throws Exception {
    return (CompletionStage<?>) Objects.requireNonNull(errand.run());
  }

  @Test
  void a_task_that_ends_in_time_clears_nothing() throws Exception {
    assertThat(errand(() -> "a").run()).isEqualTo("a");
    assertThatThrownBy(
            errand(
                    () -> {
                      throw new IllegalStateException("b");
                    })
                ::run)
        .hasMessage("b");
    assertThat(cleared).isEmpty();
  }

  @Test
  void the_owner_clears_what_ended_and_was_not_reported() throws Exception {
    Errand errand = errand(() -> "a");
    errand.run();
    errand.abandon();
    assertThat(cleared).containsExactly("a");
  }

  @Test
  void a_task_that_was_abandoned_before_it_began_does_not_run() throws Exception {
    var ran = new AtomicInteger();
    Errand errand = errand(ran::incrementAndGet);
    errand.abandon();
    assertThat(cleared).isEmpty();
    assertThat(errand.run()).isNull();
    assertThat(ran).hasValue(0);
    assertThat(cleared).containsExactly((Object) null);
  }

  @Test
  void a_task_that_was_abandoned_while_it_ran_clears_its_result() throws Exception {
    var self = new ArrayList<Errand>();
    Errand errand =
        errand(
            () -> {
              self.get(0).abandon();
              assertThat(cleared).isEmpty();
              return "a";
            });
    self.add(errand);
    errand.run();
    assertThat(cleared).containsExactly("a");
  }

  @Test
  void a_task_that_was_abandoned_and_failed_clears_without_a_result() {
    var self = new ArrayList<Errand>();
    Errand errand =
        errand(
            () -> {
              self.get(0).abandon();
              throw new IllegalStateException("b");
            });
    self.add(errand);
    assertThatThrownBy(errand::run).hasMessage("b");
    assertThat(cleared).containsExactly((Object) null);
  }

  @Test
  void a_stage_clears_when_it_ends_after_the_connection() throws Exception {
    var stage = new CompletableFuture<String>();
    Errand errand = errand(() -> stage);
    assertThat(errand.run()).isInstanceOf(CompletionStage.class);
    errand.abandon();
    assertThat(cleared).isEmpty();
    stage.complete("a");
    assertThat(cleared).containsExactly("a");
  }

  @Test
  void a_stage_that_ended_before_the_connection_is_cleared_by_the_owner() throws Exception {
    var stage = new CompletableFuture<String>();
    Errand errand = errand(() -> stage);
    CompletionStage<?> seen = stage(errand);
    stage.complete("a");
    assertThat(cleared).isEmpty();
    assertThat(seen.toCompletableFuture()).isCompletedWithValueMatching("a"::equals);
    errand.abandon();
    assertThat(cleared).containsExactly("a");
  }

  @Test
  void a_stage_that_fails_says_why() throws Exception {
    Errand errand = errand(() -> CompletableFuture.failedStage(new IllegalStateException("b")));
    CompletionStage<?> seen = stage(errand);
    assertThatThrownBy(() -> seen.toCompletableFuture().getNow(null)).hasMessageContaining("b");
  }

  @Test
  void a_failure_is_bare_of_what_the_stages_wrap_around_it() throws Exception {
    var boom = new IllegalStateException("b");
    var failing = CompletableFuture.<Integer>failedStage(boom).thenApply(i -> i + 1);
    CompletionStage<?> seen = stage(errand(() -> failing));
    assertThat(seen.toCompletableFuture().exceptionNow()).isSameAs(boom);
  }

  @Test
  void two_threads_clear_once() throws Exception {
    for (int i = 0; i < 300; i++) {
      var clearings = new AtomicInteger();
      Errand errand = new Errand(() -> "a", _ -> clearings.incrementAndGet());
      var together = new CyclicBarrier(2);
      Thread task =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      together.await();
                      errand.run();
                    } catch (Exception e) {
                      throw new AssertionError(e);
                    }
                  });
      together.await();
      errand.abandon();
      task.join();
      assertThat(clearings).hasValue(1);
    }
  }
}
