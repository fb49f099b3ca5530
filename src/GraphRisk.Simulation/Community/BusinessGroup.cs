using GraphRisk.Simulation.Names;

namespace GraphRisk.Simulation.Community;

/// <summary>
/// A family's companies: a chain below a holding, minority partners, cross-holdings and rings of companies that hold
/// one another, officers from the family, guarantees up, down and sideways, one device that serves several accounts.
/// </summary>
public static class BusinessGroup
{
    public static void Add(CommunityBuilder builder)
    {
        var draws = builder.Shape;
        var place = NameTables.Places.Pick(builder.Identity);
        var brand = CompanyName.DrawBrand(builder.Identity);
        var boss = builder.AddPerson(draws.Chance(0.85), place: place, means: 8_000_000);
        var spouse = builder.AddPerson(draws.Chance(0.5), place: place, means: 2_000_000);
        spouse.Address = boss.Address;
        var relative = builder.AddPerson(draws.Chance(0.5), boss.Name.Surname, place);
        Person[] family = [boss, spouse, relative];
        var companies = new List<Company>();
        var size = draws.Between(2, 8);
        for (var i = 0; i < size; i++)
        {
            var form = i == 0 && size > 3 ? LegalForm.Group : draws.Chance(0.12) ? LegalForm.Partnership : LegalForm.Limited;
            var shared = draws.Chance(0.6) ? brand : null;
            companies.Add(builder.AddCompany(draws.Chance(0.62), form, draws.Chance(0.75) ? place : NameTables.Places.Pick(builder.Identity), shared));
        }

        Own(builder, family, companies);
        Manage(builder, family, companies);
        Guarantee(builder, boss, companies);
        if (draws.Chance(0.5))
            builder.Community.Devices.Add(new SharedDevice(builder.NewDevice(), [.. family.Cast<Party>().Concat(companies).Where(p => p.IsClient)]));
    }

    private static void Own(CommunityBuilder builder, Person[] family, List<Company> companies)
    {
        var draws = builder.Shape;
        // A ring: the last company holds a part of the first, closing the chain of majorities between them.
        var ring = companies.Count >= 3 && draws.Chance(0.3);
        for (var i = 0; i < companies.Count; i++)
        {
            var rows = new List<(Party, double)>();
            if (i == 0)
            {
                rows.Add((family[0], ring ? draws.Between(0.35, 0.6) : CapitalTable.Majority(draws)));
                if (ring) rows.Add((companies[^1], draws.Between(0.1, 0.3)));
                rows.Add((family[1], 0));
            }
            else
            {
                var parent = ring ? companies[i - 1] : companies[draws.Below(i)];
                rows.Add((parent, draws.Chance(0.75) ? CapitalTable.Majority(draws) : draws.Between(0.25, 0.5)));
                AddMinority(builder, rows, family, companies, i);
            }

            CapitalTable.Add(builder, companies[i], rows);
            if (i == 0 && rows.Count > 2 && draws.Chance(0.6))
                builder.Community.Concerts.Add(new Concert([family[0], family[1]], companies[0], builder.SinceUntil(0.2)));
        }
    }

    private static void AddMinority(CommunityBuilder builder, List<(Party, double)> rows, Person[] family, List<Company> companies, int i)
    {
        var draws = builder.Shape;
        var left = 1 - rows[0].Item2;
        if (left < 0.02) return;
        // A sister further along the list: together with the chain this is a cross-holding.
        if (i + 1 < companies.Count && draws.Chance(0.35)) rows.Add((companies[draws.Between(i + 1, companies.Count - 1)], left * draws.Between(0.2, 0.6)));
        if (draws.Chance(0.4)) rows.Add((family[draws.Between(0, 2)], left * 0.3));
        rows.Add((builder.AddPerson(draws.Chance(0.4), place: companies[i].Place), 0));
    }

    private static void Manage(CommunityBuilder builder, Person[] family, List<Company> companies)
    {
        var draws = builder.Shape;
        foreach (var company in companies)
        {
            var head = draws.Chance(0.6) ? family[draws.Below(3)] : builder.AddPerson(draws.Chance(0.2), place: company.Place);
            builder.Community.Offices.Add(new Office(head, company, "法定代表人", builder.Since()));
            builder.Community.Offices.Add(new Office(draws.Chance(0.5) ? family[0] : head, company, "董事长", builder.SinceUntil(0.15)));
            if (draws.Chance(0.5)) builder.Community.Offices.Add(new Office(family[draws.Below(3)], company, "监事", builder.Since()));
        }
    }

    private static void Guarantee(CommunityBuilder builder, Person boss, List<Company> companies)
    {
        var draws = builder.Shape;
        foreach (var company in companies)
            if ((company.IsClient || company.OwesOutside) && draws.Chance(0.5)) GuaranteeCircle.Add(builder, boss, company);
        for (var i = 1; i < companies.Count; i++)
        {
            if (draws.Chance(0.45)) GuaranteeCircle.Add(builder, companies[0], companies[i]);
            if (draws.Chance(0.45)) GuaranteeCircle.Add(builder, companies[i], companies[draws.Below(i)]);
        }
    }
}
