using System.Collections.Immutable;

namespace GraphRisk.Workflow.Exposure;

/// <summary>Two parties of which nobody has decided whether they are one.</summary>
/// <param name="Party">Node of the one.</param>
/// <param name="Other">Node of the other.</param>
/// <param name="Probability">That they are one, 0 to 1.</param>
public readonly record struct DoubtfulIdentity(int Party, int Other, double Probability);

/// <summary>What a party owes a broker that may belong to a client's linked exposure.</summary>
/// <param name="Exposure">What the broker has granted to it.</param>
/// <param name="Probability">That it belongs to it, 0 to 1.</param>
public sealed record DoubtfulPartyExposure(PartyExposure Exposure, double Probability)
{
    /// <summary>Probability times debt, CNY to the fen.</summary>
    public decimal ExpectedDebt => Math.Round(Exposure.Debt * (decimal)Probability, 2);
}

/// <summary>
/// What doubtful identities may add to a linked exposure; in none of its totals. A party counts as far as it is probable that at least one of the
/// doubts that lead to it is true, doubts on different parties taken to know nothing of each other.
/// </summary>
/// <param name="Parties">Those that may belong to it and owe the broker, largest expected debt first, then by node.</param>
/// <param name="IsComplete">False where more parties are linked to one of them than the search may follow.</param>
public sealed record DoubtfulExposure(ImmutableArray<DoubtfulPartyExposure> Parties, bool IsComplete)
{
    /// <summary>Debt if all of them belong to it, CNY.</summary>
    public decimal PossibleDebt => Parties.Sum(one => one.Exposure.Debt);

    /// <summary>The sum of probability times debt, CNY.</summary>
    public decimal ExpectedDebt => Parties.Sum(one => one.ExpectedDebt);
}
