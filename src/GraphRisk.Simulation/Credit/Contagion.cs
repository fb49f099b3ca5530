using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Credit;

/// <summary>
/// Carries a default to the neighbours along guarantees and stakes valid that day. Sums by neighbour are taken in the order
/// of the community's ties, so the result does not depend on the order of defaults within a month.
/// </summary>
public sealed class Contagion
{
    private readonly HazardParameters _parameters;
    private readonly Dictionary<Party, Debtor> _debtors;
    private readonly ILookup<Party, Guarantee> _given;
    private readonly ILookup<Party, Guarantee> _received;
    private readonly ILookup<Party, Shareholding> _held;
    private readonly ILookup<Party, Shareholding> _heldBy;

    public Contagion(HazardParameters parameters, MarketCommunity community, Dictionary<Party, Debtor> debtors)
    {
        _parameters = parameters;
        _debtors = debtors;
        _given = community.Guarantees.ToLookup(g => g.Guarantor);
        _received = community.Guarantees.ToLookup(g => g.Debtor);
        _held = community.Shareholdings.ToLookup(s => s.Holder);
        _heldBy = community.Shareholdings.ToLookup(s => (Party)s.Company);
    }

    public void Spread(Party defaulted, DateOnly day)
    {
        foreach (var g in _received[defaulted])
            if (g.Valid.Contains(day) && _debtors.TryGetValue(g.Guarantor, out var guarantor))
                guarantor.HeatByGuarantee(_parameters.DebtorToGuarantor * Severity(g));
        foreach (var g in _given[defaulted])
            if (g.Valid.Contains(day) && _debtors.TryGetValue(g.Debtor, out var debtor))
                debtor.HeatByGuarantee(_parameters.GuarantorToDebtor * Severity(g));
        foreach (var s in _heldBy[defaulted])
            if (s.Valid.Contains(day) && _debtors.TryGetValue(s.Holder, out var holder))
                holder.HeatByOwnership(_parameters.CompanyToHolder * Part(s));
        foreach (var s in _held[defaulted])
            if (s.Valid.Contains(day) && _debtors.TryGetValue(s.Company, out var company))
                company.HeatByOwnership(_parameters.HolderToCompany * Part(s));
    }

    /// <summary>A joint guarantee is called first; even a small one costs the guarantor its standing with lenders.</summary>
    private static double Severity(Guarantee g) =>
        Math.Clamp(g.Amount / g.Guarantor.Means, 0.4, 1) * (g.Joint ? 1 : 0.7);

    private static double Part(Shareholding s) => (double)s.Share / Shareholding.Whole;
}
