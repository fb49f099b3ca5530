using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GraphRisk.Server.Descriptions;

/// <summary>
/// What the schema says of itself, in another language: one file a language, <c>zh.json</c>, found by the English text. Three sections:
/// <list type="bullet">
/// <item><c>texts</c>: sentences, and what is said as one, written by hand in C# or in <c>graph-schema/</c>.</item>
/// <item><c>templates</c>: what is made for every type, with places: <c>{type}</c> and <c>{other}</c> for names of types, <c>{code}</c> for that of a
/// relationship in the graph, <c>{n}</c> for a number, <c>{words}</c> for names of fields, <c>{text}</c> for what is said of the type itself and is translated in turn.</item>
/// <item><c>nouns</c>: names of types, which stand before the name where one fills a place.</item>
/// </list>
/// A description is looked for whole, then by the template with most words of its own, then sentence by sentence. Keys are the English texts, so
/// that a text that changes is without a translation until somebody looks at it again, and English is what is shown until then. Thread-safe;
/// what was found is kept, of which there is no more than the schema says.
/// </summary>
internal sealed partial class DescriptionCatalogue
{
    private readonly FrozenDictionary<string, string> nouns;
    private readonly FrozenDictionary<string, string> texts;
    private readonly ImmutableArray<Template> templates;
    private readonly ConcurrentDictionary<string, Found> known = new(StringComparer.Ordinal);

    private DescriptionCatalogue(Sections sections)
    {
        (nouns, texts) = (sections.Nouns.ToFrozenDictionary(StringComparer.Ordinal), sections.Texts.ToFrozenDictionary(StringComparer.Ordinal));
        templates = [.. sections.Templates.Select(pair => new Template(pair.Key, pair.Value)).OrderByDescending(template => template.OwnLength)];
    }

    /// <summary>Chinese.</summary>
    public static DescriptionCatalogue Chinese { get; } = Read("descriptions/zh.json");

    /// <summary>Everything the file translates: what nothing in the schema uses is an orphan.</summary>
    public IEnumerable<string> Keys => nouns.Keys.Concat(templates.Select(template => template.English)).Concat(texts.Keys);

    /// <summary>A description in the language; null where the catalogue lacks it.</summary>
    public string? Find(string english) => Look(english).Text;

    /// <summary>What a type is called; null where it has no name of its own in the language.</summary>
    public string? NounOf(string type) => nouns.GetValueOrDefault(type);

    /// <summary>What of a description the catalogue lacks; empty where it has all of it.</summary>
    public ImmutableArray<string> LackingOf(string english) => Look(english).Lacking;

    /// <summary>The keys by which a description is translated.</summary>
    public ImmutableArray<string> KeysOf(string english) => Look(english).Keys;

    private static DescriptionCatalogue Read(string file)
    {
        using var stream = typeof(DescriptionCatalogue).Assembly.GetManifestResourceStream(file)!;
        return new DescriptionCatalogue(JsonSerializer.Deserialize<Sections>(stream, JsonSerializerOptions.Web)!);
    }

    private Found Look(string english) => known.TryGetValue(english, out var found) ? found : known.GetOrAdd(english, Make(english));

    private Found Make(string written)
    {
        var english = Breaks().Replace(written, " ");
        if (texts.TryGetValue(english, out var text)) return new Found(text, [english], []);
        var closest = Found.Nothing(english);
        foreach (var template in templates)
        {
            if (template.Pattern.Match(english) is not { Success: true } match) continue;
            var filled = Fill(template, match);
            if (filled.Text is not null) return filled;
            if (closest.Lacking is [var whole] && whole == english) closest = filled;
        }

        if (Sentences().Split(english) is { Length: > 1 } sentences && Joined(sentences.Select(Look)) is var all && (all.Text is not null || closest.Lacking.Contains(english))) return all;
        return closest;
    }

    private Found Fill(Template template, Match match)
    {
        var parts = new List<Found>();
        var text = Place().Replace(template.Translated, place =>
        {
            var (name, value) = (place.Groups[1].Value, match.Groups[place.Groups[1].Value].Value);
            var part = name switch
            {
                "text" => Clause(value),
                "type" or "other" => nouns.TryGetValue(value, out var noun) ? new Found($"{noun}（{value}）", [value], []) : new Found(value, [], []),
                _ => new Found(value, [], []),
            };
            parts.Add(part);
            return part.Text ?? value;
        });
        return new Found(parts.Exists(part => part.Text is null) ? null : text, [template.English, .. parts.SelectMany(part => part.Keys)], [.. parts.SelectMany(part => part.Lacking)]);
    }

    /// <summary>What is said of a type, without its full stop where it stands within a sentence.</summary>
    private Found Clause(string english)
    {
        if (Look(english) is { Text: not null } found) return found;
        var sentence = Look($"{english}.");
        return sentence with { Text = sentence.Text?.TrimEnd('。') };
    }

    private static Found Joined(IEnumerable<Found> sentences)
    {
        var all = sentences.ToList();
        return new Found(
            all.Exists(one => one.Text is null) ? null : string.Concat(all.Select(one => one.Text)), [.. all.SelectMany(one => one.Keys)], [.. all.SelectMany(one => one.Lacking)]);
    }

    [GeneratedRegex(@"\{(type|other|code|n|words|text)\}")]
    private static partial Regex Place();

    /// <summary>Where a line ends in <c>graph-schema/</c> says nothing.</summary>
    [GeneratedRegex(@"\s+")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"(?<=\.)\s+(?=[A-Z0-9('{])")]
    private static partial Regex Sentences();

    /// <param name="Text">The translation; null where a part of it is lacking.</param>
    /// <param name="Keys">What it was made of.</param>
    /// <param name="Lacking">What has no translation.</param>
    private sealed record Found(string? Text, ImmutableArray<string> Keys, ImmutableArray<string> Lacking)
    {
        public static Found Nothing(string english) => new(null, [], [english]);
    }

    private sealed record Sections(Dictionary<string, string> Nouns, Dictionary<string, string> Templates, Dictionary<string, string> Texts);

    /// <summary>A text with places.</summary>
    private sealed class Template(string english, string translated)
    {
        public string English => english;

        public string Translated => translated;

        /// <summary>How much of it is its own.</summary>
        public int OwnLength { get; } = Place().Replace(english, "").Length;

        public Regex Pattern { get; } = PatternOf(english);

        private static Regex PatternOf(string english)
        {
            var pattern = new StringBuilder("^");
            var at = 0;
            foreach (Match place in Place().Matches(english))
            {
                pattern.Append(Regex.Escape(english[at..place.Index])).Append("(?<").Append(place.Groups[1].Value).Append('>').Append(Fillings[place.Groups[1].Value]).Append(')');
                at = place.Index + place.Length;
            }

            return new Regex(pattern.Append(Regex.Escape(english[at..])).Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }

        private static readonly FrozenDictionary<string, string> Fillings = new Dictionary<string, string>
        {
            ["type"] = "[A-Z][A-Za-z]*",
            ["other"] = "[A-Z][A-Za-z]*",
            ["code"] = "[A-Z][A-Z0-9_]+",
            ["n"] = "[0-9]+",
            ["words"] = "[A-Za-z…]+(?:(?:, | and )[A-Za-z…]+)*",
            ["text"] = ".+",
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
