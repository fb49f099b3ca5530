using System.Collections.Immutable;

namespace GraphRisk.Matching.Names.Similarity;

/// <summary>What part of a name a word is.</summary>
internal enum WordRole
{
    /// <summary>Tells this name from others.</summary>
    Name,

    /// <summary>A letter that stands for a name.</summary>
    Initial,

    /// <summary>Links the parts: al, bin, van, of, and.</summary>
    Particle,

    /// <summary>A father's name, which most sources leave out.</summary>
    Patronymic,

    /// <summary>Tells generations apart: Jr, III.</summary>
    Suffix,

    /// <summary>A place.</summary>
    Place,

    /// <summary>A trade, which tells one company of a group from another.</summary>
    Trade,

    /// <summary>A word of next to no meaning, as Group.</summary>
    Plain,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>How far the letters of a word can be trusted: what the alphabet it was written in tells of the sounds.</summary>
internal enum WordOrigin
{
    /// <summary>An alphabet with vowels.</summary>
    Alphabet,

    /// <summary>Consonants only: Arabic, Hebrew.</summary>
    Consonants,

    /// <summary>Syllables that render foreign names by ear: Han, kana, and scripts read by the names of their letters.</summary>
    Syllables,
}

/// <summary>A word of a name in the forms it is compared in.</summary>
/// <param name="Text">Folded Latin letters and digits.</param>
/// <param name="Role">What part it is.</param>
/// <param name="Origin">What it was written in.</param>
/// <param name="Meaning">What it says, the same in all languages; null for names.</param>
internal sealed record NameWord(string Text, WordRole Role, WordOrigin Origin = WordOrigin.Alphabet, string? Meaning = null)
{
    /// <summary>The word with each sound written in one way.</summary>
    public string Fold { get; } = Spelling.Fold(Origin switch
    {
        WordOrigin.Consonants => Text.Replace('w', 'u').Replace('y', 'i'),
        WordOrigin.Syllables => Text.Replace("ng", "n", StringComparison.Ordinal).Replace('j', 's').Replace('q', 's').Replace('x', 's'),
        _ => Text,
    });

    /// <summary>Its consonants in classes; loosely, for words of other alphabets.</summary>
    public string Sound => field ??= Spelling.Sound(Fold, loose: true);

    /// <summary>Rows of <see cref="GivenNameTable"/> it stands in.</summary>
    public ImmutableArray<(int Row, bool IsHead)> GivenNames { get; } = Origin == WordOrigin.Consonants ? [] : GivenNameTable.Of(Text);

    /// <summary>How much of a name it is, from 0 to 1.</summary>
    public double Weight => Role switch
    {
        WordRole.Particle => 0.15,
        WordRole.Initial => 0.5,
        WordRole.Plain => 0.25,
        WordRole.Place => 0.5,
        WordRole.Trade => 0.5,
        _ => 1,
    };
}
