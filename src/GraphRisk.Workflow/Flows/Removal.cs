using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;

namespace GraphRisk.Workflow.Flows;

/// <summary>
/// Removes an account: what is stated of it ends, and so does every relationship it is in and, in cascade, every loan that was paid out to it or that it
/// repaid. Nothing is taken back: as of an instant before the removal all is there.
/// </summary>
public static class Removal
{
    /// <summary>Relationships that tie an account to a loan.</summary>
    private static readonly ImmutableArray<string> LoanTies = ["PAID_OUT", "REPAID"];

    /// <summary>The changes that remove an account; none where the store does not know it or it ended before.</summary>
    /// <param name="store">The store.</param>
    /// <param name="account">The account.</param>
    /// <param name="at">When it is removed.</param>
    /// <param name="version">Version of the store whose knowledge ends.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async ValueTask<ImmutableArray<Change>> OfAsync(
        IGraphStore store, NodeId account, DateTimeOffset at, long version, CancellationToken cancellation = default)
    {
        var ended = new Dictionary<FactId, Change>();
        var loans = new HashSet<NodeId>();
        foreach (var recorded in await store.FindAsync(account, version, withRelationships: true, cancellation))
        {
            if (!End(recorded.Fact, at, ended)) continue;
            if (recorded.Fact is RelationshipFact tie && LoanTies.Contains(tie.Relationship)) loans.Add(tie.From == account ? tie.To : tie.From);
        }

        foreach (var loan in loans)
            foreach (var recorded in await store.FindAsync(loan, version, withRelationships: true, cancellation))
                End(recorded.Fact, at, ended);
        return [.. ended.Values];
    }

    /// <summary>Ends a fact that holds; one that would begin no earlier than it ends is taken back. False where it ended before.</summary>
    private static bool End(Fact fact, DateTimeOffset at, Dictionary<FactId, Change> ended)
    {
        if (fact.Validity.To <= at) return false;
        var validity = fact.Validity with { To = at };
        ended[fact.Id] = fact.Validity.From >= at ? Change.Retract(fact) : Change.Assert(fact switch
        {
            NodeFact node => node with { Validity = validity },
            RelationshipFact edge => edge with { Validity = validity },
            _ => throw new InvalidOperationException($"Unknown fact {fact.GetType()}."),
        });
        return true;
    }
}
