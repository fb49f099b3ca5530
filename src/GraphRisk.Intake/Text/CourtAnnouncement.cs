using System.Text.RegularExpressions;

namespace GraphRisk.Intake.Text;

/// <summary>
/// The structure of a court announcement (法院公告). The line up to the first colon names those it is addressed to; further
/// on 你 and 你们 refer to them. Other parties stand behind words of their role. A name ends where a company's form ends,
/// where the role's sentence goes on (与被告, 诉, 不服, 因), or, for names already known from the address, where those end.
/// </summary>
/// <param name="CaseNumbers">The case numbers with their places.</param>
/// <param name="Parties">Everybody named, in the order of the text, each role once.</param>
/// <param name="Amount">Principal or execution subject, where the text states one.</param>
public sealed partial record CourtAnnouncement(
    IReadOnlyList<(CaseNumber Number, int Start, int End)> CaseNumbers, IReadOnlyList<TextParty> Parties, MoneyAmount? Amount)
{
    private const string Name = @"(?<name>[\u3400-\u9fffA-Za-z0-9（）·]{1,60}?" + PartyName.CompanyEnd + @"|[\u3400-\u9fff·-[的其他本该此诉请求]]{2,12}?)";

    /// <summary>Role and the words between which its names stand; read from top to bottom.</summary>
    private static readonly (string Role, Regex Pattern)[] Forms =
    [
        ("申请执行人", ApplicantOfExecution()),
        ("原告", Plaintiff()),
        ("上诉人", Appellant()),
        ("申请人", Petitioner()),
        ("申请人", PetitionerOfNotice()),
        ("债务人", Debtor()),
        ("管理人", Administrator()),
    ];

    /// <summary>Role of those addressed, by the kind of announcement.</summary>
    private static readonly Dictionary<string, string> AddressedAs = new(StringComparer.Ordinal)
    {
        ["起诉状副本及开庭传票"] = "被告",
        ["裁判文书"] = "被告",
        ["上诉状副本"] = "被上诉人",
        ["执行文书"] = "被执行人",
    };

    /// <summary>Reads an announcement.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="kind">Its kind, such as 执行文书.</param>
    public static CourtAnnouncement Read(string text, string kind)
    {
        var plain = PlainShape.Of(text);
        var addressed = Addressees.Read(text, AddressedAs.GetValueOrDefault(kind, "受送达人"));
        var parties = new List<TextParty>(addressed);
        foreach (var (role, pattern) in Forms)
        {
            foreach (Match match in pattern.Matches(plain))
            {
                var group = match.Groups["name"];
                var name = text.Substring(group.Index, group.Length);
                if (PartyName.ShapeOf(name) is var shape and not NameShape.None)
                    parties.Add(new TextParty(name, shape, role, group.Index, group.Index + group.Length));
            }
        }

        return new CourtAnnouncement(
            [.. CaseNumber.FindAll(text)],
            [.. parties.DistinctBy(party => (party.Name, party.Role)).OrderBy(party => party.Start)], AmountOf(text, plain));
    }

    private static MoneyAmount? AmountOf(string text, string plain)
    {
        foreach (var amount in MoneyAmount.FindAll(text))
            if (AmountWord().IsMatch(plain[Math.Max(0, amount.Start - 6)..amount.Start])) return amount;
        return null;
    }

    [GeneratedRegex("原告" + Name + "(?=与被告|诉|,)", RegexOptions.CultureInvariant)]
    private static partial Regex Plaintiff();

    [GeneratedRegex("申请执行人" + Name + "(?=与被执行人|申请|,)", RegexOptions.CultureInvariant)]
    private static partial Regex ApplicantOfExecution();

    [GeneratedRegex("(?<!被)上诉人(?:（原审[^）]{1,6}）)?" + Name + "(?=不服|提起|与|,)", RegexOptions.CultureInvariant)]
    private static partial Regex Appellant();

    [GeneratedRegex("根据" + Name + "的申请", RegexOptions.CultureInvariant)]
    private static partial Regex Petitioner();

    [GeneratedRegex("^申请人" + Name + "(?=因)", RegexOptions.CultureInvariant)]
    private static partial Regex PetitionerOfNotice();

    [GeneratedRegex("债务人" + Name + "(?=破产|重整|清算|,)", RegexOptions.CultureInvariant)]
    private static partial Regex Debtor();

    [GeneratedRegex("指定" + Name + "担任", RegexOptions.CultureInvariant)]
    private static partial Regex Administrator();

    [GeneratedRegex("(?:本金|标的|金额|货款|借款)(?:人民币|¥|为|:|：)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AmountWord();
}
