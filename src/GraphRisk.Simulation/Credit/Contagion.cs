using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Carries a default to the neighbours along guarantees and stakes valid that day. Sums by neighbour are taken in the order
/// of the community's ties, so the result does not depend on the order of defaults within a month.
/// </summary>
public sealed class Contagion
{
    private readonly HazardParameters parameters;
    private readonly Dictionary<Party, Debtor> debtors;
    private readonly ILookup<Party, Guarantee> given;
    private readonly ILookup<Party, Guarantee> received;
    private readonly ILookup<Party, Shareholding> held;
    private readonly ILookup<Party, Shareholding> heldBy;

    public Contagion(HazardParameters parameters, MarketCommunity community, Dictionary<Party, Debtor> debtors)
    {
        this.parameters = parameters;
        this.debtors = debtors;
        given = community.Guarantees.ToLookup(g => g.Guarantor);
        received = community.Guarantees.ToLookup(g => g.Debtor);
        held = community.Shareholdings.ToLookup(s => s.Holder);
        heldBy = community.Shareholdings.ToLookup(s => (Party)s.Company);
    }

    public void Spread(Party defaulted, DateOnly day)
    {
        foreach (var g in received[defaulted])
            if (g.Valid.Contains(day) && debtors.TryGetValue(g.Guarantor, out var guarantor))
                guarantor.GuaranteeIntensity.Add(defaulted, day, parameters.DebtorToGuarantor * Severity(g));
        foreach (var g in given[defaulted])
            if (g.Valid.Contains(day) && debtors.TryGetValue(g.Debtor, out var debtor))
                debtor.GuaranteeIntensity.Add(defaulted, day, parameters.GuarantorToDebtor * Severity(g));
        foreach (var s in heldBy[defaulted])
            if (s.Valid.Contains(day) && debtors.TryGetValue(s.Holder, out var holder))
                holder.OwnershipIntensity.Add(defaulted, day, parameters.CompanyToHolder * Part(s));
        foreach (var s in held[defaulted])
            if (s.Valid.Contains(day) && debtors.TryGetValue(s.Company, out var company))
                company.OwnershipIntensity.Add(defaulted, day, parameters.HolderToCompany * Part(s));
    }

    /// <summary>A joint guarantee is called first; even a small one costs the guarantor its standing with lenders.</summary>
    private static double Severity(Guarantee g) =>
        Math.Clamp(g.Amount / g.Guarantor.Means, 0.4, 1) * (g.Joint ? 1 : 0.7);

    private static double Part(Shareholding s) => (double)s.Share / Shareholding.Whole;
}
