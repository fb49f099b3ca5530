using System.Collections.Frozen;
using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Values;

/// <summary>
/// Countries, and the states of those that write them short, by their codes: OH, OHIO and Ohio are oh; US, USA and United States are us. That
/// two letters may be a state's and a country's (CA) does no harm within one column.
/// </summary>
internal static class RegionNames
{
    private const string Countries =
        "us=usa,united states,united states of america,america,美国|gb=gbr,uk,united kingdom,great britain,britain,英国|cn=chn,china,peoples republic of china,prc,中国|"
        + "hk=hkg,hong kong,香港|mo=mac,macau,macao,澳门|tw=twn,taiwan,台湾|sg=sgp,singapore,新加坡|jp=jpn,japan,日本|kr=kor,south korea,republic of korea,korea,韩国|"
        + "kp=prk,north korea,朝鲜|de=deu,germany,deutschland,德国|fr=fra,france,法国|it=ita,italy,italia,意大利|es=esp,spain,espana,西班牙|pt=prt,portugal,葡萄牙|nl=nld,netherlands,holland,荷兰|"
        + "be=bel,belgium,比利时|lu=lux,luxembourg,卢森堡|ch=che,switzerland,schweiz,瑞士|at=aut,austria,osterreich,奥地利|ie=irl,ireland,爱尔兰|dk=dnk,denmark,丹麦|se=swe,sweden,瑞典|"
        + "no=nor,norway,挪威|fi=fin,finland,芬兰|is=isl,iceland,冰岛|pl=pol,poland,波兰|cz=cze,czech republic,czechia|sk=svk,slovakia|hu=hun,hungary|ro=rou,romania|bg=bgr,bulgaria|"
        + "gr=grc,greece|cy=cyp,cyprus|mt=mlt,malta|ee=est,estonia|lv=lva,latvia|lt=ltu,lithuania|li=lie,liechtenstein,lichtenstein|mc=mco,monaco|"
        + "ru=rus,russia,russian federation,俄罗斯|by=blr,belarus|ua=ukr,ukraine,乌克兰|kz=kaz,kazakhstan|uz=uzb,uzbekistan|tr=tur,turkey,turkiye,土耳其|"
        + "ae=are,united arab emirates,uae|sa=sau,saudi arabia|il=isr,israel|ir=irn,iran,islamic republic of iran,伊朗|iq=irq,iraq|sy=syr,syria,syrian arab republic|eg=egy,egypt|"
        + "in=ind,india,印度|pk=pak,pakistan|bd=bgd,bangladesh|lk=lka,sri lanka|th=tha,thailand,泰国|vn=vnm,vietnam,viet nam,越南|my=mys,malaysia,马来西亚|id=idn,indonesia,印度尼西亚|"
        + "ph=phl,philippines,菲律宾|kh=khm,cambodia,柬埔寨|mm=mmr,myanmar,burma,缅甸|au=aus,australia,澳大利亚|nz=nzl,new zealand,新西兰|ca=can,canada,加拿大|mx=mex,mexico|br=bra,brazil,brasil,巴西|"
        + "ar=arg,argentina|cl=chl,chile|co=col,colombia|pe=per,peru|ve=ven,venezuela|cu=cub,cuba|pa=pan,panama|za=zaf,south africa|ng=nga,nigeria|ke=ken,kenya|ma=mar,morocco|"
        + "ky=cym,cayman islands|vg=vgb,british virgin islands|bm=bmu,bermuda|je=jey,jersey|gg=ggy,guernsey|im=imn,isle of man";

    private const string States =
        "al=alabama|ak=alaska|az=arizona|ar=arkansas|ca=california|ct=connecticut|fl=florida|ga=georgia|hi=hawaii|ia=iowa|ks=kansas|la=louisiana|me=maine|md=maryland|"
        + "mi=michigan|mn=minnesota|ms=mississippi|nc=north carolina|nd=north dakota|ne=nebraska|nh=new hampshire|nj=new jersey|nm=new mexico|nv=nevada|ny=new york|oh=ohio|ok=oklahoma|"
        + "or=oregon|ri=rhode island|sc=south carolina|sd=south dakota|tn=tennessee|tx=texas|ut=utah|vt=vermont|va=virginia|wa=washington|wi=wisconsin|wv=west virginia|wy=wyoming|"
        + "dc=district of columbia|co=colorado|de=delaware|id=idaho|il=illinois|in=indiana|ky=kentucky|ma=massachusetts|mo=missouri|mt=montana|pa=pennsylvania|"
        + "nsw=new south wales|vic=victoria|qld=queensland|act=australian capital territory|tas=tasmania|on=ontario|qc=quebec|bc=british columbia|ab=alberta|mb=manitoba";

    private static readonly FrozenDictionary<string, string> Codes = Table($"{Countries}|{States}"), OfCountries = Table(Countries);

    /// <summary>The code of a region that is known, the words of any other; null where there is no letter.</summary>
    public static string? Read(string written)
    {
        var text = PlainOf(written);
        return text.Length == 0 ? null : Codes.TryGetValue(text, out var code) ? code : text;
    }

    /// <summary>The code of a country by one of its names; null where it is none that is known.</summary>
    public static string? CountryOf(string written) => OfCountries.GetValueOrDefault(PlainOf(written));

    private static string PlainOf(string written) => HanScript.ContainsHan(written) ? HanScript.Simplify(NameText.LettersOf(written)).TrimEnd('省', '市') : PlainText.Words(written);

    private static FrozenDictionary<string, string> Table(string rows) => rows.Split('|')
        .Select(row => row.Split('='))
        .SelectMany(row => row[1].Split(',').Select(name => (Name: name, Code: row[0])))
        .DistinctBy(pair => pair.Name)
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Code, StringComparer.Ordinal);
}
