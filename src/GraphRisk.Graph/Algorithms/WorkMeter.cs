using System.Globalization;

namespace GraphRisk.Graph.Algorithms;

/// <summary>What work is counted in.</summary>
public enum WorkUnit
{
    /// <summary>Nodes looked at.</summary>
    Nodes,

    /// <summary>Edges followed.</summary>
    Edges,

    /// <summary>Steps of a solver or a model: some ten multiplications each.</summary>
    Steps,
}

/// <summary>
/// Counts the work of an algorithm while it goes on, and ends it: when what may be spent is spent, and when nobody wants
/// the answer any more.
/// <para>
/// Algorithms take a meter as their last parameter and charge in their innermost loops, by node with all its edges, or
/// every some hundred steps where a step is smaller than that; one charge costs about as much as following an edge. What
/// a charge throws passes through the algorithm, which leaves nothing half made behind. Thread-safe.
/// </para>
/// </summary>
public abstract class WorkMeter
{
    private const int EdgesPerCharge = 256;

    /// <summary>Where work is not counted and not ended: the command line, tests, what the platform does for itself.</summary>
    public static WorkMeter Unlimited { get; } = new Unmetered();

    /// <summary>The same, ended when nobody waits any more.</summary>
    public static WorkMeter EndedBy(CancellationToken cancellation) => cancellation.CanBeCanceled ? new Unmetered(cancellation) : Unlimited;

    /// <summary>Cancelled when nobody wants the answer any more; wakes whoever waits without charging.</summary>
    public virtual CancellationToken Cancellation => CancellationToken.None;

    /// <summary>Pays the asker's part of what is computed once for all who ask (<see cref="SharedWork{T}"/>).</summary>
    public virtual WorkMeter ForShared => this;

    /// <summary>Counts steps.</summary>
    /// <param name="steps">How many, 0 or more.</param>
    /// <exception cref="BudgetSpentException">More is spent than may be.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants the answer any more.</exception>
    public void Charge(long steps) => Charge(WorkUnit.Steps, steps);

    /// <summary>Counts work before it is done.</summary>
    /// <param name="unit">Of what.</param>
    /// <param name="count">How much, 0 or more.</param>
    /// <exception cref="BudgetSpentException">More is spent than may be.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants the answer any more.</exception>
    public abstract void Charge(WorkUnit unit, long count);

    /// <summary>Counts a node with the edges that are followed from it.</summary>
    public void ChargeNode(int edges)
    {
        Charge(WorkUnit.Nodes, 1);
        if (edges > 0) Charge(WorkUnit.Edges, edges);
    }

    /// <summary>The same items, counted as edges some hundred at a time before they are given.</summary>
    public IEnumerable<T> Along<T>(IEnumerable<T> items)
    {
        var ahead = 0;
        foreach (var item in items)
        {
            if (ahead-- == 0)
            {
                Charge(WorkUnit.Edges, EdgesPerCharge);
                ahead = EdgesPerCharge - 1;
            }

            yield return item;
        }
    }

    private sealed class Unmetered(CancellationToken cancellation = default) : WorkMeter
    {
        public override CancellationToken Cancellation => cancellation;

        public override void Charge(WorkUnit unit, long count) => cancellation.ThrowIfCancellationRequested();
    }
}

/// <summary>More was spent than may be.</summary>
/// <param name="unit">Of what, in the plural.</param>
/// <param name="spent">How much, the charge that went over included.</param>
/// <param name="limit">How much may be.</param>
public sealed class BudgetSpentException(string unit, long spent, long limit) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"{spent} {unit} are spent of {limit}."))
{
    /// <summary>Of what, in the plural.</summary>
    public string Unit { get; } = unit;

    /// <summary>How much was spent.</summary>
    public long Spent { get; } = spent;

    /// <summary>How much may be.</summary>
    public long Limit { get; } = limit;
}
