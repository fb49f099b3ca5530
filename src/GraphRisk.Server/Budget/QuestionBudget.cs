using GraphRisk.Graph.Algorithms;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Budget;

/// <summary>
/// What one question has spent of what it may. Everything that costs charges it before it is done; the charge that goes
/// over a limit ends the whole question: it cancels what is under way, and every later charge fails too. Thread-safe.
/// </summary>
public sealed class QuestionBudget : WorkMeter, IDisposable
{
    /// <summary>Work between two looks at who else waits: about ten milliseconds.</summary>
    private const long Quantum = 1_000_000;

    private readonly Role role;
    private readonly CancellationTokenSource stop;
    private readonly SharedPart shared;
    private readonly HashSet<(DateTimeOffset?, DateTimeOffset?)> instants = [];
    private readonly long[] spent = new long[CostUnits.Table.Length];
    private readonly Action? yield;
    private BudgetSpentException? exhausted;
    private long yieldAt = Quantum;

    /// <param name="role">Whose question it is; numbers are told to some roles only.</param>
    /// <param name="limits">What may be spent.</param>
    /// <param name="yield">Called about every ten milliseconds of work, so that others get their turn; it may wait a little.</param>
    /// <param name="cancellation">Ends the question.</param>
    public QuestionBudget(Role role, QuestionLimits limits, Action? yield = null, CancellationToken cancellation = default)
    {
        this.role = role;
        this.yield = yield;
        Limits = limits;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        shared = new SharedPart(this);
    }

    /// <summary>What may be spent.</summary>
    public QuestionLimits Limits { get; }

    /// <summary>Cancelled when the question ends, by its budget, its time or its asker.</summary>
    public override CancellationToken Cancellation => stop.Token;

    public override WorkMeter ForShared => shared;

    /// <summary>Why the question was ended; null where it was not by its budget.</summary>
    public BudgetSpentException? Exhausted => Volatile.Read(ref exhausted);

    /// <summary>What was spent of a unit so far.</summary>
    public long Spent(CostUnit unit) => Volatile.Read(ref spent[(int)unit]);

    /// <summary>Ends the question after a time; at once where that is none.</summary>
    public void EndAfter(TimeSpan time)
    {
        if (time > TimeSpan.Zero) stop.CancelAfter(time);
        else stop.Cancel();
    }

    public override void Charge(WorkUnit unit, long count) => Charge(CostUnits.Of(unit), count);

    /// <summary>Counts what is about to be spent.</summary>
    /// <exception cref="BudgetSpentException">It is more than may be.</exception>
    /// <exception cref="OperationCanceledException">The question has ended.</exception>
    public void Charge(CostUnit unit, long count)
    {
        Count(unit, count);
        if (yield is null || Spent(CostUnit.Work) < Volatile.Read(ref yieldAt)) return;
        Volatile.Write(ref yieldAt, Spent(CostUnit.Work) + Quantum);
        yield();
    }

    /// <summary>Counts what is about to be spent all at once; false, and nothing counted, where it is more than may be and a part of it would end the question.</summary>
    /// <exception cref="OperationCanceledException">The question has ended.</exception>
    public bool TryCharge(params ReadOnlySpan<(CostUnit Unit, long Count)> costs)
    {
        var work = 0L;
        foreach (var (unit, count) in costs)
        {
            work += count * CostUnits.Table[(int)unit].Work;
            if (Spent(unit) + count > Limits[unit]) return false;
        }

        if (Exhausted is not null || Spent(CostUnit.Work) + work > Limits.Work) return false;
        foreach (var (unit, count) in costs) Charge(unit, count);
        return true;
    }

    /// <summary>Counts an instant where it was not named before.</summary>
    public void ChargeInstant(DateTimeOffset? asOf, DateTimeOffset? knownAt)
    {
        bool isNew;
        lock (instants) isNew = instants.Add((asOf, knownAt));
        if (isNew) Charge(CostUnit.Instants, 1);
    }

    /// <summary>The error that answers in place of a question that spent too much; what was spent only to those who may know.</summary>
    public TypedError Error(BudgetSpentException why) => MayKnow
        ? Problem.BudgetExceeded(why.Unit, why.Limit, why.Spent)
        : Problem.BudgetExceeded(why.Unit, why.Limit, null);

    /// <summary>What was spent of what, for <c>extensions.cost</c>; null to those for whom the numbers would carry others' secrets.</summary>
    public CostReport? Report()
    {
        if (!MayKnow) return null;
        var told = new (long Spent, long Limit)[spent.Length];
        for (var unit = 0; unit < told.Length; unit++) told[unit] = (Spent((CostUnit)unit), Limits[(CostUnit)unit]);
        return new CostReport(told);
    }

    public void Dispose() => stop.Dispose();

    /// <summary>Whether the asker may be told numbers that depend on what others have.</summary>
    public bool MayKnow => role is Role.Regulator or Role.Analyst;

    private void Count(CostUnit unit, long count)
    {
        if (Exhausted is { } over) throw over;
        stop.Token.ThrowIfCancellationRequested();
        Add(unit, count);
        if (CostUnits.Table[(int)unit].Work is > 0 and var weight) Add(CostUnit.Work, count * weight);
    }

    private void Add(CostUnit unit, long count)
    {
        var now = Interlocked.Add(ref spent[(int)unit], count);
        if (now <= Limits[unit]) return;
        var why = new BudgetSpentException(unit.Name(), now, Limits[unit]);
        why = Interlocked.CompareExchange(ref exhausted, why, null) ?? why;
        stop.Cancel();
        throw why;
    }

    /// <summary>Pays for what is prepared once for a view. It never waits for a turn: whoever has the turn may wait for it.</summary>
    private sealed class SharedPart(QuestionBudget budget) : WorkMeter
    {
        public override CancellationToken Cancellation => budget.Cancellation;

        public override void Charge(WorkUnit unit, long count) => budget.Count(CostUnit.Shared, count);
    }
}
