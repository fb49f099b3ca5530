using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>A tie between two parties, as a source states it.</summary>
/// <param name="Relationship">Name of the relationship.</param>
/// <param name="From">Node where it begins.</param>
/// <param name="To">Node where it ends.</param>
public readonly record struct TieStatement(string Relationship, int From, int To);

/// <summary>Something a verdict by a rule rests on; one of the three is there.</summary>
/// <param name="Holding">A holding, all its statements added up.</param>
/// <param name="Agreement">An agreement in force.</param>
/// <param name="Tie">A tie.</param>
public readonly record struct ProvingStatement(Holding? Holding, ConcertAgreement? Agreement, TieStatement? Tie);

/// <summary>What a verdict by a rule stands and falls with. Holdings first, by holder and company, then agreements, then ties.</summary>
/// <param name="Sufficient">Statements that carry the verdict by themselves, beside what others hold; without any one of them the others no longer do.</param>
/// <param name="Decisive">Statements without which the verdict falls; with any one of them left in place it stands.</param>
/// <param name="IsOfEverySubset">
/// Whether no smaller part of either set does either. Where more statements may make a verdict fall (a limb that leaves another out, a range, an agreement that counts unless a party is enough alone), it
/// is so of the sets without any one statement, and may not be of smaller parts.
/// </param>
/// <param name="Lacks">Why there is none; null where there is one.</param>
public sealed record RuleProof(ImmutableArray<ProvingStatement> Sufficient, ImmutableArray<ProvingStatement> Decisive, bool IsOfEverySubset, string? Lacks)
{
    /// <summary>No proof, and why.</summary>
    public static RuleProof None(string why) => new([], [], false, why);
}
