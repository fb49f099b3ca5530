using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.Community;

/// <summary>The clients outside groups and rings: couples, single persons, a company with its owner.</summary>
public static class Household
{
    /// <summary>Two clients at one address, now and then on one telephone and device; some guarantee one another.</summary>
    public static void AddCouple(CommunityBuilder builder)
    {
        var draws = builder.Shape;
        var one = builder.AddPerson(true);
        var other = builder.AddPerson(true, place: one.Place);
        other.Address = one.Address;
        if (draws.Chance(0.25)) other.Phone = one.Phone;
        if (draws.Chance(0.3)) builder.Community.Devices.Add(new SharedDevice(builder.NewDevice(), [.. new Party[] { one, other }.Where(p => p.IsClient)]));
        if (draws.Chance(0.45)) GuaranteeCircle.Add(builder, one, other);
        if (draws.Chance(0.3)) GuaranteeCircle.Add(builder, other, one);
    }

    public static void AddSingle(CommunityBuilder builder) => builder.AddPerson(true);

    /// <summary>A small company and the person behind it, who answers for its debts.</summary>
    public static void AddCompanyWithOwner(CommunityBuilder builder)
    {
        var draws = builder.Shape;
        var place = NameTables.Places.Pick(builder.Identity);
        var company = builder.AddCompany(true, draws.Chance(0.2) ? LegalForm.LimitedLiability : LegalForm.Limited, place);
        var owner = builder.AddPerson(draws.Chance(0.6), place: place, means: 1_500_000);
        var rows = new List<(Party, double)> { (owner, CapitalTable.Majority(draws)) };
        if (rows[0].Item2 < 0.98) rows.Add((builder.AddPerson(draws.Chance(0.3), place: place), 0));
        CapitalTable.Add(builder, company, rows);
        builder.Community.Offices.Add(new Office(owner, company, "法定代表人", builder.Since()));
        if (draws.Chance(0.6)) GuaranteeCircle.Add(builder, owner, company);
    }
}
