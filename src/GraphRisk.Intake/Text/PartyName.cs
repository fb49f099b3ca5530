using System.Text.RegularExpressions;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Text;

/// <summary>What a name looks like.</summary>
public enum NameShape
{
    /// <summary>Neither a person's nor an organisation's.</summary>
    None,

    /// <summary>A person's: two to four Chinese characters, or a name with a middle dot.</summary>
    Person,

    /// <summary>An organisation's: place, name, trade and form, and the branch where there is one.</summary>
    Company,
}

/// <summary>Names as they stand in texts.</summary>
public static partial class PartyName
{
    /// <summary>Ends of organisations' names, for patterns.</summary>
    internal const string CompanyEnd =
        "(?:有限责任公司|股份有限公司|有限公司|集团公司|总公司|公司|合伙企业（(?:有限合伙|普通合伙|特殊普通合伙)）|合伙企业|银行|信用社|合作社|事务所"
        + "|集团|中心|基金|研究院|研究所|学校|医院|商行|经营部|工厂|厂)(?:[\\u4e00-\\u9fff]{1,12}?(?:支行|分行|分公司|营业部|分所))?";

    /// <summary>The shape of a name; a masked name has the shape of the whole one.</summary>
    public static NameShape ShapeOf(string name)
    {
        if (CompanyForm().IsMatch(PlainShape.Of(name))) return NameShape.Company;
        return PersonForm().IsMatch(name) || (MaskedName.Is(name) && name.Length <= 5) ? NameShape.Person : NameShape.None;
    }

    [GeneratedRegex(@"^[\u4e00-\u9fffA-Za-z0-9（）·&]{1,60}" + CompanyEnd + "$", RegexOptions.CultureInvariant)]
    private static partial Regex CompanyForm();

    [GeneratedRegex(@"^(?:[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,12}(?:[·•][\u3400-\u9fff]{1,12}){1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex PersonForm();
}
