using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Graph.Tests.Algorithms;

/// <summary>Counts charges, and from some charge on ends the work: with a spent budget, or as cancelled.</summary>
internal sealed class CountingMeter(long most = long.MaxValue, bool cancels = false) : WorkMeter
{
    private long charges;
    private long refused;
    private long spent;

    /// <summary>Charges that were made.</summary>
    public long Charges => Volatile.Read(ref charges);

    /// <summary>Charges that were made although one before had ended the work.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>What they add to, of whatever unit.</summary>
    public long Spent => Volatile.Read(ref spent);

    public override void Charge(WorkUnit unit, long count)
    {
        Interlocked.Add(ref spent, count);
        var now = Interlocked.Increment(ref charges);
        if (now <= most) return;
        if (now > most + 1) Interlocked.Increment(ref refused);
        throw cancels ? new OperationCanceledException() : new BudgetSpentException("charges", now, most);
    }
}
