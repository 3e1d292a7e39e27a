package pipeline

import (
	"strconv"

	"github.com/dealmark/dealmark/internal/crm"
)

// Canvas is what a chart is drawn for.
type Canvas struct {
	Width       int    // in CSS pixels
	RightToLeft bool   // the first line is at the right
	Currency    string // the amounts that are drawn
	Counts      bool   // the numbers of opportunities are drawn, no amounts
	Month       int    // how wide the page's language writes a month at most
	Short       int    // and an amount in short
}

// The measures of charts, in CSS pixels: multiples of 4, as everything on a page.
const (
	barHeight   = 16
	lineHeight  = 28
	valueWidth  = 112
	chartHeight = 184
	columnTop   = 24
	columnBase  = 156
	gap         = 8
	least       = 2  // what is not nought is seen
	margin      = 24 // beside the first column and the last, for half of a label
)

// value is what a chart shows of a tally.
func (c Canvas) value(t *Tally) crm.Sum {
	if !c.Counts {
		return t.Sum(c.Currency)
	}
	var n crm.Sum
	m, _ := crm.ParseMoney(strconv.Itoa(t.Count))
	n.Add(m)
	return n
}

// largest is the length of the longest bar: its states one after the other.
func (c Canvas) largest(lines []Line) (most crm.Sum) {
	for i := range lines {
		var whole crm.Sum
		for _, state := range lines[i].States {
			if v := c.value(&state); v.Compare(crm.Sum{}) > 0 { // what is negative has no bar
				whole.AddSum(v)
			}
		}
		if whole.Compare(most) > 0 {
			most = whole
		}
	}
	return most
}

// written is a shape that says a tally's value, amounts as asked.
func (c Canvas) written(s Shape, as As, t *Tally) Shape {
	if c.Counts {
		return s.says(AsCount, strconv.Itoa(t.Count))
	}
	s.Currency = c.Currency
	return s.says(as, t.Sum(c.Currency).Text())
}

// x is where something of a width begins that begins at x in left-to-right.
func (c Canvas) x(x, width int) int {
	if c.RightToLeft {
		return c.Width - x - width
	}
	return x
}

func (c Canvas) picture(title crm.English, height int) Shape {
	svg := shape("svg", "role", "img", "width", c.Width, "height", height, "viewBox", "0 0 "+strconv.Itoa(c.Width)+" "+strconv.Itoa(height))
	svg.Shapes = []Shape{
		shape("title").words(title),
		shape("desc").words("The table after the chart has all of its figures."),
	}
	return svg
}

// StageChart draws the totals by stage as bars that lie under each other.
func StageChart(lines []Line, c Canvas) Shape {
	title := crm.English("Amounts by stage")
	if c.Counts {
		title = "Number of opportunities by stage"
	}
	svg := c.picture(title, len(lines)*lineHeight)
	labels := min(184, c.Width*3/10)
	room := max(0, c.Width-labels-valueWidth-2*gap)
	most := c.largest(lines)
	for i := range lines {
		line := &lines[i]
		top := i * lineHeight
		group := shape("g", "data-key", line.Key)
		label := shape("text", "x", c.x(0, 0), "y", top+18, "class", "label")
		if line.Label == "" {
			label = label.words("No stage")
		} else {
			label = label.says(AsText, shortened(line.Label, labels/6))
		}
		group.Shapes = append(group.Shapes, label)
		from := labels + gap
		for n, state := range States() {
			long := c.length(&line.States[n], most, room)
			if long > 0 {
				group.Shapes = append(group.Shapes, shape("rect", "x", c.x(from, long), "y", top+6, "width", long, "height", barHeight, "class", string(state)))
				from += long
			}
		}
		group.Shapes = append(group.Shapes, c.written(shape("text", "x", c.x(from+gap, 0), "y", top+18, "class", "value"), AsMoney, &line.Tally))
		svg.Shapes = append(svg.Shapes, group)
	}
	return svg
}

// MonthChart draws the totals by expected month as columns.
func MonthChart(lines []Line, c Canvas) Shape {
	title := crm.English("Amounts by expected month of the close")
	if c.Counts {
		title = "Number of opportunities by expected month of the close"
	}
	svg := c.picture(title, chartHeight)
	svg.Shapes = append(svg.Shapes, shape("line", "x1", 0, "x2", c.Width, "y1", columnBase, "y2", columnBase, "class", "base"))
	most := c.largest(lines)
	wide := max(1, (c.Width-2*margin)/max(1, len(lines)))
	wide = min(wide, 96)
	every := 1 // which labels there is room for
	for every*wide < max(56, c.Month+gap) {
		every++
	}
	values := every == 1 && (c.Counts || wide >= c.Short+gap)
	end := len(lines) + every // from here on a label would reach into the last one, which is always there
	if end > every && lines[len(lines)-1].Key == None {
		end = len(lines) - 1
	}
	for i := range lines {
		line := &lines[i]
		group := shape("g", "data-key", line.Key)
		base := columnBase
		for n, state := range States() {
			long := c.length(&line.States[n], most, columnBase-columnTop)
			if long > 0 {
				base -= long
				thick := max(4, min(wide-4, 48))
				group.Shapes = append(group.Shapes, shape("rect", "x", c.x(margin+i*wide+(wide-thick)/2, thick), "y", base, "width", thick, "height", long, "class", string(state)))
			}
		}
		middle := c.x(margin+i*wide+wide/2, 0)
		if values && line.Count > 0 {
			group.Shapes = append(group.Shapes, c.written(shape("text", "x", middle, "y", base-6, "class", "value", "text-anchor", "middle"), AsShort, &line.Tally))
		}
		if line.Key == None || i%every == 0 && i+every <= end {
			group.Shapes = append(group.Shapes, shape("text", "x", middle, "y", columnBase+18, "class", "label", "text-anchor", "middle").says(AsMonth, line.Key))
		}
		svg.Shapes = append(svg.Shapes, group)
	}
	return svg
}

// length is how long the bar of a tally is, where the longest one has room.
func (c Canvas) length(t *Tally, most crm.Sum, room int) int {
	value := c.value(t)
	if value.Compare(crm.Sum{}) <= 0 {
		return 0
	}
	return max(least, value.Share(most, room))
}

// shortened gives a text of at most n letters.
func shortened(text string, n int) string {
	letters := []rune(text)
	if len(letters) <= n {
		return text
	}
	return string(letters[:max(0, n-1)]) + "…"
}
