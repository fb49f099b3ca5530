using System.Diagnostics.CodeAnalysis;

namespace GraphRisk.Graph.Algorithms;

/// <summary>
/// Something that is computed once for all who ask, at the cost of each of them.
/// <para>
/// Whoever asks while it is being computed waits for it and pays for it as if alone, so that what an asker pays does not
/// tell who else asks. The computation runs on a thread of its own and goes on as long as one who may pay for it waits;
/// an asker whose budget is spent, or who has gone, leaves at once with its own exception. When the last has left, the
/// next charge ends the computation. What ends so, or fails, is not kept: the next asker begins anew. Once it is there
/// it costs nothing. Thread-safe.
/// </para>
/// </summary>
/// <param name="compute">The computation; it charges the meter it is given, and may ask for other shared work with it.</param>
public sealed class SharedWork<T>(Func<WorkMeter, T> compute)
    where T : notnull
{
    private readonly Lock gate = new();
    private volatile Holder? made;
    private Run? running;

    /// <summary>Whether it is there already.</summary>
    public bool IsMade => made is not null;

    /// <summary>The result.</summary>
    /// <param name="meter">Pays for it, where it is not there yet.</param>
    /// <exception cref="BudgetSpentException">The asker's budget is spent.</exception>
    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
    public T Take(WorkMeter meter)
    {
        if (made is { } known) return known.Value;
        Payer payer;
        lock (gate)
        {
            if (made is { } there) return there.Value;
            payer = new Payer(meter.ForShared);
            if (running?.Join(payer) != true)
            {
                running = new Run(this, payer);
                running.Start();
            }
        }

        using var leaving = meter.Cancellation.UnsafeRegister(static (gone, token) => ((Payer)gone!).Leave(new OperationCanceledException(token)), payer);
        return payer.Outcome.GetAwaiter().GetResult();
    }

    private void Finish(Run run, T value)
    {
        lock (gate)
        {
            made = new Holder(value);
            if (running == run) running = null;
        }
    }

    private void Abandon(Run run)
    {
        lock (gate)
            if (running == run) running = null;
    }

    private sealed record Holder(T Value);

    private sealed class Payer(WorkMeter meter)
    {
        private readonly TaskCompletionSource<T> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WorkMeter Meter => meter;

        public Task<T> Outcome => outcome.Task;

        public void Leave(Exception why) => outcome.TrySetException(why);

        public void Give(T value) => outcome.TrySetResult(value);
    }

    /// <summary>One attempt at the computation, and the meter it charges.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "a source without timer and wait handle holds nothing to dispose")]
    private sealed class Run(SharedWork<T> work, Payer first) : WorkMeter
    {
        private readonly Lock door = new();
        private readonly CancellationTokenSource nobody = new();
        private Payer[] payers = [first];
        private bool closed;

        public override CancellationToken Cancellation => nobody.Token;

        public void Start() => new Thread(Compute) { IsBackground = true, Name = "shared work" }.Start();

        public bool Join(Payer payer)
        {
            lock (door)
            {
                if (closed) return false;
                payers = [.. payers, payer];
                return true;
            }
        }

        public override void Charge(WorkUnit unit, long count)
        {
            var left = 0;
            foreach (var payer in Volatile.Read(ref payers)) left += Pays(payer, unit, count) ? 1 : 0;
            if (left == 0) EndIfNobodyIsLeft();
        }

        private static bool Pays(Payer payer, WorkUnit unit, long count)
        {
            if (payer.Outcome.IsCompleted) return false;
            try
            {
                payer.Meter.Charge(unit, count);
                return true;
            }
            catch (Exception why) when (why is BudgetSpentException or OperationCanceledException)
            {
                payer.Leave(why);
                return false;
            }
        }

        private void EndIfNobodyIsLeft()
        {
            lock (door)
            {
                closed = Array.TrueForAll(payers, payer => payer.Outcome.IsCompleted);
                if (!closed) return;
            }

            work.Abandon(this);
            nobody.Cancel();
            throw new OperationCanceledException("Nobody waits for it any more.", nobody.Token);
        }

        private void Compute()
        {
            try
            {
                var value = work.Compute(this);
                work.Finish(this, value);
                foreach (var payer in Close()) payer.Give(value);
            }
            catch (Exception why)
            {
                work.Abandon(this);
                foreach (var payer in Close()) payer.Leave(why);
            }
        }

        private Payer[] Close()
        {
            lock (door)
            {
                closed = true;
                return payers;
            }
        }
    }

    private T Compute(WorkMeter meter) => compute(meter);
}
