using System.Collections.Immutable;
using GraphRisk.Matching.Identifiers;
using GraphRisk.Matching.Names;
using GraphRisk.Matching.Screening;
using GraphRisk.Matching.Values;

namespace GraphRisk.Matching.Tests.Screening;

/// <summary>
/// A population whose truth is known, seeded: persons and companies with names as unevenly common as names are, some of them listed. Who is
/// asked about is anybody of it, written as another source would: other order, initials, slips, another alphabet, a missing year.
/// Shares no table with the code it tests.
/// </summary>
internal sealed class RandomLists(int seed)
{
    private static readonly string[] Starts = "Al Be Ca Da El Fa Ga Ha Il Ja Ka La Ma Na Ol Pa Ra Sa Ta Ul Va Wo Ya Za Bri Cle Dro Fre Gri Kle Mla Pro Ste Tro Sve Kha Shi Che".Split(' ');
    private static readonly string[] Middles = "ba cho da fe ga lo mi no pe ra se ti vo xa ri li ma na ku dri sto ve le ni ro".Split(' ');
    private static readonly string[] Ends = "n s k rd lle tti nov ski dze sen berg mann ez escu idis ova man ton by well ian yan oglu zade vic".Split(' ');
    private static readonly string[] Trades = "Trading Shipping Holdings Industries Energy Logistics Capital Bank Construction Technologies Investment Mining".Split(' ');
    private static readonly string[] Forms = ["Ltd", "LLC", "GmbH", "S.A.", "Inc.", "JSC", "Co., Ltd."];
    private static readonly string[] Countries = ["RU", "CN", "IR", "DE", "SY", "US", "KP", "AE", "GB", "UA", "TR", "VE"];
    private static readonly string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈";
    private static readonly string Givens = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志海波宁晓东梅林鹏辉玲亮健世雪飞龙翔宇浩然子轩欣怡思琪雨泽";

    private readonly Random random = new(seed);
    private readonly string[] first = new string[1200], last = new string[9000];

    /// <summary>Makes a population, of which the first are listed.</summary>
    public ImmutableArray<ListEntry> Population(int count)
    {
        for (var at = 0; at < first.Length; at++) first[at] = Word(1);
        for (var at = 0; at < last.Length; at++) last[at] = Word(2);
        return [.. Enumerable.Range(0, count).Select(Bearer)];
    }

    /// <summary>A question about somebody, as another source writes the name; each detail may be missing or wrong.</summary>
    public ScreeningQuery Ask(ListEntry who)
    {
        var query = new ScreeningQuery(Rewrite(who.Names[random.Next(who.Names.Length)], who.Kind), who.Kind);
        if (random.NextDouble() < 0.6 && !who.Days.IsEmpty) query = query with { Days = [Blur(who.Days[0])] };
        if (random.NextDouble() < 0.6) query = query with { Countries = [random.NextDouble() < 0.9 ? who.Countries[0] : Pick(Countries)] };
        return random.NextDouble() < 0.15 ? query with { Identifiers = who.Identifiers } : query;
    }

    /// <summary>A number below a bound, by the same seed.</summary>
    public int Next(int below) => random.Next(below);

    private ListEntry Bearer(int number)
    {
        var kind = random.NextDouble() < 0.7 ? NameKind.Person : NameKind.Organisation;
        var name = kind == NameKind.Person ? Person() : $"{last[Common(last.Length)]} {(random.Next(3) == 0 ? first[random.Next(first.Length)] + " " : "")}{Pick(Trades)} {Pick(Forms)}";
        var names = ImmutableArray.Create(name);
        if (random.NextDouble() < 0.5) names = names.Add(Rewrite(name, kind));
        return new ListEntry($"E{number}", kind, names)
        {
            Days = [PartialDay.Of(new DateOnly(1940, 1, 1).AddDays(random.Next(65 * 365)))],
            Countries = [Countries[Common(Countries.Length)]],
            Identifiers = [IdentifierSchemes.Read("REG", $"{10_000_000 + number}")],
            Lists = ["made up"],
        };
    }

    private string Person()
    {
        if (random.NextDouble() < 0.2) return $"{Surnames[Common(Surnames.Length)]}{string.Concat(Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Givens[random.Next(Givens.Length)]))}";
        var name = $"{first[Common(first.Length)]} {last[Common(last.Length)]}";
        return random.NextDouble() < 0.3 ? name.Insert(name.IndexOf(' ', StringComparison.Ordinal), $" {first[Common(first.Length)]}") : name;
    }

    private string Rewrite(string name, NameKind kind)
    {
        if (kind == NameKind.Person && name[0] > 0x3000) return random.Next(3) == 0 ? name : string.Join(' ', random.Next(2) == 0 ? Latin(name) : Latin(name).Reverse());
        var words = name.Split(' ').ToList();
        if (kind == NameKind.Person && words.Count > 2 && random.NextDouble() < 0.4) words[1] = random.Next(2) == 0 ? $"{words[1][0]}." : "";
        if (kind == NameKind.Person && random.NextDouble() < 0.4) words = [$"{words[^1].ToUpperInvariant()},", .. words[..^1]];
        if (kind == NameKind.Organisation && random.NextDouble() < 0.3) words.RemoveAt(words.Count - 1);
        var text = string.Join(' ', words.Where(word => word.Length > 0));
        return random.NextDouble() < 0.3 ? Slip(text) : text;
    }

    private static string[] Latin(string name) => Pinyin.OfName(name) is [var reading, ..] ? [reading.Surname, reading.Given] : [name];

    private string Slip(string text)
    {
        var at = 1 + random.Next(text.Length - 1);
        return random.Next(3) switch { 0 => text.Remove(at, 1), 1 => text.Insert(at, "aeionrst"[random.Next(8)].ToString()), _ => text.Remove(at, 1).Insert(at, "aeionrst"[random.Next(8)].ToString()) };
    }

    private PartialDay Blur(PartialDay day) => random.NextDouble() switch
    {
        < 0.15 => new PartialDay(day.Year),
        < 0.18 => new PartialDay(day.Year + 1, day.Month, day.Day),
        _ => day,
    };

    private string Word(int syllables) => Pick(Starts) + string.Concat(Enumerable.Range(0, 1 + random.Next(syllables)).Select(_ => Pick(Middles))) + Pick(Ends);

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    /// <summary>A number below a bound, small ones far more often: names are common after Zipf's law.</summary>
    private int Common(int below) => Math.Min(below - 1, (int)(Math.Pow(below, random.NextDouble()) - 1) + random.Next(1 + below / 20));
}
