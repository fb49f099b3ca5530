using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>Somebody has to pay and has not: what courts and lists make entries of.</summary>
/// <param name="Guarantors">Sued with the debtor.</param>
/// <param name="Since">The day of the failure to pay.</param>
public sealed record Claim(Party Debtor, IReadOnlyList<Party> Guarantors, string Creditor, string Matter, double Amount, DateOnly Since)
{
    public IEnumerable<Party> Defendants => Guarantors.Prepend(Debtor);

    public string DefendantNames => string.Join("、", Defendants.Select(p => p.DisplayName));
}
