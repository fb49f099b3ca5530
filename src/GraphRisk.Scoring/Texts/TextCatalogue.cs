using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace GraphRisk.Scoring.Texts;

/// <summary>A language of scores and reasons.</summary>
public enum Language
{
    English,
    Chinese,
}

/// <summary>
/// Everything a score says to people, by key: one file a language, <c>en.json</c> and <c>zh.json</c>, of the same keys with the same
/// places for figures. A text that is not there is a fault of the program. Immutable.
/// </summary>
public sealed class TextCatalogue
{
    private readonly FrozenDictionary<string, string> texts;

    private TextCatalogue(Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream(file)!;
        texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static TextCatalogue English { get; } = new(typeof(TextCatalogue).Assembly, "texts-en.json");

    public static TextCatalogue Chinese { get; } = new(typeof(TextCatalogue).Assembly, "texts-zh.json");

    public static TextCatalogue Of(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>A catalogue that another room keeps: <c>name-en.json</c> and <c>name-zh.json</c>, embedded.</summary>
    public static TextCatalogue Of(Assembly assembly, string name, Language language) =>
        new(assembly, $"{name}-{(language == Language.Chinese ? "zh" : "en")}.json");

    /// <summary>All keys.</summary>
    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public string this[string key] => texts[key];

    /// <summary>A text; null where there is none.</summary>
    public string? Find(string key) => texts.GetValueOrDefault(key);

    /// <summary>A text with its places filled.</summary>
    public string Format(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, texts[key], values);
}
