using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.People;

/// <summary>A home: what its household shares.</summary>
internal sealed record Home(string Surname, int Number, string Street, string StreetKind, string Town, string Postcode, string Phone)
{
    private static readonly string[] Kinds = ["street", "road", "avenue", "lane", "drive", "court", "place", "way", "close", "crescent"];

    /// <summary>The home with a number.</summary>
    /// <param name="seed">Seed of the file.</param>
    /// <param name="home">Number of the home.</param>
    /// <param name="towns">Number of towns.</param>
    public static Home Draw(ulong seed, long home, int towns)
    {
        var draws = new Draws(seed, DrawStream.PeopleHomes, home);
        var surname = LatinNames.Surnames.Pick(draws);
        // A third of the homes lie in the first tenth of the towns.
        var town = draws.Chance(0.33) ? draws.Below(Math.Max(1, towns / 10)) : draws.Below(towns);
        var street = LatinNames.Streets.Pick(draws);
        return new Home(
            surname, draws.Between(1, 299), street, Kinds[(street[0] + street.Length + street[^1]) % Kinds.Length], LatinNames.Town(town),
            $"{10_000 + (town * 7919 % 90_000)}", $"0{draws.Between(20, 89)}{draws.Between(1_000_000, 9_999_999)}");
    }
}

/// <summary>A person as it is, before anybody writes it down.</summary>
/// <param name="Given">Given name.</param>
/// <param name="Surname">Surname of today.</param>
/// <param name="BirthName">Surname at birth.</param>
/// <param name="Birth">Day of birth.</param>
/// <param name="Home">Home of today.</param>
/// <param name="FormerHome">Where the person lived before; null where it has not moved.</param>
/// <param name="Mobile">A telephone of its own; null where it has none.</param>
/// <param name="Email">An address of its own; null where it has none.</param>
internal sealed record Resident(
    GivenName Given, string Surname, string BirthName, DateOnly Birth, Home Home, Home? FormerHome, string? Mobile, string? Email)
{
    private static readonly string[] Providers = ["example.com", "example.org", "example.net", "mail.example", "post.example"];

    /// <summary>One member of a household: the first two are its couple, the others their children.</summary>
    /// <param name="seed">Seed of the file.</param>
    /// <param name="person">Number of the person.</param>
    /// <param name="home">Number of its home.</param>
    /// <param name="place">Its place in the household, from 0.</param>
    /// <param name="towns">Number of towns.</param>
    public static Resident Draw(ulong seed, long person, long home, int place, int towns)
    {
        var draws = new Draws(seed, DrawStream.People, person);
        var sex = place < 2 ? (Sex)(place % 2) : (Sex)draws.Below(2);
        var given = (sex == Sex.Male ? LatinNames.Male : LatinNames.Female).Pick(draws);
        var at = Home.Draw(seed, home, towns);
        var born = place == 0 || place > 1 ? at.Surname : LatinNames.Surnames.Pick(draws);
        var surname = place == 1 && draws.Chance(0.25) ? born : at.Surname;
        var birth = (place < 2 ? new DateOnly(1940, 1, 1) : new DateOnly(1975, 1, 1)).AddDays(draws.Below(365 * (place < 2 ? 45 : 35)));
        // Twins have their birthday in common.
        if (place == 3 && new Draws(seed, DrawStream.PeopleHomes, -1 - home).Chance(0.04))
            birth = Draw(seed, person - 1, home, 2, towns).Birth;
        var former = draws.Chance(0.18) ? Home.Draw(seed, (1L << 40) + person, towns) : null;
        var mobile = draws.Chance(0.7) ? $"07{draws.Between(100_000_000, 999_999_999)}" : null;
        var email = draws.Chance(0.6) ? $"{given.Name}{(draws.Chance(0.5) ? "." : "")}{surname}{draws.Between(1, 999)}@{draws.Pick(Providers)}" : null;
        return new Resident(given, surname, born, birth, at, former, mobile, email);
    }
}
