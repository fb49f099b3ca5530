using System.Globalization;
using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.National;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Publishing;

/// <summary>
/// One community as the business registry knows it: all its companies, and of its persons those who hold, manage,
/// guarantee or have agreed on something. Persons have the registry's own number and an identity number that is whole,
/// masked or missing.
/// </summary>
public sealed class RegistryExtract
{
    private readonly MarketFiles files;
    private readonly Dictionary<Person, string> numbers = [];
    private readonly Draws draws;

    private RegistryExtract(MarketFiles files, Draws draws) => (this.files, this.draws) = (files, draws);

    public static void Publish(MarketFiles files, MarketCommunity community, NationalLayer nation, Draws draws)
    {
        var extract = new RegistryExtract(files, draws);
        var registry = files.Registry;
        foreach (var company in community.Companies.Where(c => c.IssuerIndex is null))
        {
            registry.Company(company, company.RegisteredCapital);
            files.Truth.Entity("registry", company.CreditCode, company);
        }

        foreach (var s in community.Shareholdings)
        {
            var (kind, number) = extract.Identify(s.Holder);
            registry.Shareholder(s, kind, number, CapitalOf(s.Company, nation));
        }

        foreach (var office in community.Offices) registry.Officer(office, extract.Identify(office.Person).Number);
        foreach (var g in community.Guarantees) registry.Guarantee(g, extract.Identify(g.Guarantor), extract.Identify(g.Debtor));
        for (var i = 0; i < community.Concerts.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"A{community.Index:0000}{i + 1:0000}");
            foreach (var party in community.Concerts[i].Parties)
            {
                var (kind, number) = extract.Identify(party);
                registry.AgreementParty(name, kind, number, community.Concerts[i]);
            }
        }
    }

    /// <summary>A listed company's capital is its shares at one yuan each.</summary>
    private static double CapitalOf(Company company, NationalLayer nation) =>
        company.IssuerIndex is { } issuer ? nation.Securities[issuer].TotalShares : company.RegisteredCapital;

    private (string Kind, string Number) Identify(Party party)
    {
        if (party is Company company) return ("COMPANY", company.CreditCode);
        var person = (Person)party;
        if (!numbers.TryGetValue(person, out var number))
        {
            number = numbers[person] = files.Registry.NextPersonNo();
            files.Registry.Person(number, person, IdNumber(person), draws.Chance(0.6) ? person.Id.Birth : null);
            files.Truth.Entity("registry", number, person);
        }

        return ("PERSON", number);
    }

    private string? IdNumber(Person person) => draws.Unit() switch
    {
        < 0.74 => person.Id.Number,
        < 0.92 => Masking.Middle(person.Id.Number, 6, 4),
        _ => null,
    };
}
