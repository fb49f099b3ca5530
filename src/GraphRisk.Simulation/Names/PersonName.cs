using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Names;

public enum Sex
{
    Female = 0,
    Male = 1,
}

/// <summary>A Chinese personal name; a given name has one or two characters.</summary>
public sealed record PersonName(Glyph Surname, Glyph First, Glyph? Second)
{
    public string Simplified => Surname.Simplified + First.Simplified + Second?.Simplified;

    public string Traditional => Surname.Traditional + First.Traditional + Second?.Traditional;

    /// <summary>Zhang Xiaoming.</summary>
    public string Latin => $"{Surname.Latin} {GivenLatin}";

    /// <summary>Xiaoming Zhang, as Western forms turn it round.</summary>
    public string LatinGivenFirst => $"{GivenLatin} {Surname.Latin}";

    private string GivenLatin => First.Latin + Second?.Latin.ToLowerInvariant();

    /// <summary>
    /// Characters are drawn by frequency, as people choose them: namesakes come about by themselves and
    /// grow with the market, so that a name alone is no identity.
    /// </summary>
    public static PersonName Draw(Draws draws, Sex sex, Glyph? surname = null)
    {
        var given = sex == Sex.Male ? NameTables.GivenMale : NameTables.GivenFemale;
        var family = surname ?? NameTables.Surnames.Pick(draws);
        return new PersonName(family, given.Pick(draws), draws.Chance(0.68) ? given.Pick(draws) : null);
    }

    /// <summary>The same person after changing the given name.</summary>
    public PersonName Renamed(Draws draws, Sex sex) => Draw(draws, sex, Surname);
}
